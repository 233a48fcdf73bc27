export interface EditedBand { key: number; grade: string; from: string; remark: string }

/** What a school without a scale begins with. */
export const newBands = [
  { grade: "A", fromPercent: 70, remark: "Excellent" }, { grade: "B", fromPercent: 60, remark: "Very good" }, { grade: "C", fromPercent: 50, remark: "Good" },
  { grade: "D", fromPercent: 45, remark: "Fair" }, { grade: "E", fromPercent: 40, remark: "Pass" }, { grade: "F", fromPercent: 0, remark: "Fail" },
];

const percent = (text: string): number | null => (/^\d{1,3}(\.\d{1,2})?$/.test(text.trim()) && Number(text) <= 100 ? Number(text) : null);

/** Why these bands cannot be kept, in a sentence; null when they can. The server checks the same. */
export function bandsFault(bands: EditedBand[], passes: string): string | null {
  if (bands.some((band) => band.grade.trim() === "")) return "Every row needs a grade, such as A1.";
  const floors = bands.map((band) => percent(band.from));
  if (floors.includes(null)) return "“From” is a number between 0 and 100 with at most two decimals.";
  const names = bands.map((band) => band.grade.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) return `The grade ${twice} is there twice.`;
  if (new Set(floors).size !== floors.length) return "Two grades begin at the same total.";
  if (!floors.includes(0)) return "The lowest grade begins at 0, so that every total has one.";
  if (percent(passes) === null) return "The pass mark is a number between 0 and 100.";
  return null;
}
