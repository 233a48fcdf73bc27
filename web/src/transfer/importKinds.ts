export interface ImportKind { id: string; label: string; permission: string; capability: string; args: Record<string, string>; columns: string }

const list = (kind: string, label: string, columns: string): ImportKind => ({ id: kind, label, columns, permission: "records:import", capability: "import_records", args: { kind } });

/** What can be imported, and the columns its file needs (docs/files.md has every heading that is understood). */
export const importKinds: ImportKind[] = [
  { id: "sheet", label: "Score sheet of a class", permission: "scores:write", capability: "import_scores", args: {}, columns: "One class and subject, named in the title or the file's name. Admission number or name, and a column for each component." },
  list("students", "Students", "Admission number, name or surname and first name, class; gender, date of birth and guardian if you have them."),
  list("guardians", "Guardians", "Admission number of the child, guardian's name, phone or e-mail, relation."),
  list("attendance", "Attendance", "Admission number, and date and status, or one column for each day."),
  list("scores", "Scores of many classes", "Admission number, subject, and a column for each component."),
];
