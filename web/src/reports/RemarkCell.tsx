import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { RemarkRow } from "../api/types";
import type { Author } from "./moving";

const longest = 300;
const near = 240;
type State = "kept" | "saving" | "saved" | { failed: string };

interface RemarkCellProps {
  row: RemarkRow; index: number; author: Author; termId: string; closed: boolean;
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void; onSaved: () => void;
}

/** One remark: saved when one leaves it; what could not be saved stays in the box with the reason. */
export function RemarkCell({ row, index, author, termId, closed, onKey, onSaved }: RemarkCellProps) {
  const api = useApi();
  const noteId = useId();
  const kept = author === "class_teacher" ? row.classTeacher : row.principal;
  const [text, setText] = useState(kept.text);
  const [state, setState] = useState<State>("kept");
  const saved = useRef(kept.text);
  const sending = useRef<string | null>(null);
  const latest = useRef(text);
  latest.current = text;

  // A draft or another person's words arrive: they are taken over unless something else is being written here.
  useEffect(() => {
    if (latest.current === saved.current) setText(kept.text);
    saved.current = kept.text;
  }, [kept.text]);

  async function save(): Promise<void> {
    const wanted = text.replace(/\s+/g, " ").trim();
    if (wanted === saved.current) {
      setText(wanted);
      return;
    }
    if (wanted === sending.current) return; // Enter asks, and so does leaving the cell
    sending.current = wanted;
    setState("saving");
    try {
      await api.call.PUT("/api/v1/students/{student}/remark", { params: { path: { student: row.studentId } }, body: { text: wanted, author, term: termId } });
      saved.current = wanted;
      setText((now) => (now === text ? wanted : now));
      setState("saved");
      onSaved();
    } catch (error) {
      setState({ failed: sentence(error) });
    } finally {
      if (sending.current === wanted) sending.current = null;
    }
  }

  function key(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && text !== saved.current) {
      event.stopPropagation();
      setText(saved.current);
      setState("kept");
      return;
    }
    if (event.key === "Enter") event.preventDefault();
    onKey(event);
    if (event.key === "Enter") void save();
  }

  const faults = row.findings.filter((found) => found.author === author && found.fault !== "remark_empty");
  const changed = text !== saved.current;
  const whose = author === "class_teacher" ? "Class teacher" : "Principal";
  const note = typeof state === "object" ? state.failed
    : state === "saving" ? "Saving…"
    : text.length > near ? `${longest - text.length} characters left`
    : changed ? "Not saved yet" : state === "saved" ? "Saved" : kept.origin && kept.origin !== "person" && text ? "Drafted: read it" : !text && row.average !== null && !closed ? "Still empty" : "";
  return (
    <div className={`remark-cell${faults.length ? " remark-faulty" : ""}`}>
      <textarea
        data-cell={`${index}-${author}`} aria-label={`${whose}’s remark of ${row.name}`} aria-describedby={noteId} rows={2} maxLength={longest}
        value={text} readOnly={closed} onChange={(event) => { setText(event.target.value); setState("kept"); }} onKeyDown={key} onBlur={() => void save()}
      />
      <div id={noteId} className="remark-notes">
        {note && <span className={typeof state === "object" ? "remark-fault" : "muted"}>{note}</span>}
        {!changed && faults.map((found, number) => <span key={number} className="remark-fault">{found.message} {found.fix}</span>)}
      </div>
    </div>
  );
}
