/** Every remark of a class as a table one writes through without the mouse: Enter goes down, arrows move, leaving saves. */

import { useRef, type KeyboardEvent } from "react";
import type { RemarkRow, RemarksView } from "../api/types";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { RemarkCell } from "./RemarkCell";
import { authors, step, type Author } from "./moving";

export function RemarksTable({ view, onSaved }: { view: RemarksView; onSaved: () => void }) {
  const { can } = useSession();
  const table = useRef<HTMLTableElement>(null);
  const closed = Boolean(view.reports.closed) || !can("reports:write");

  /** Go to a neighbouring cell with its text selected, so that the next arrow key moves on. */
  function move(from: { row: number; author: Author }, event: KeyboardEvent<HTMLTextAreaElement>): void {
    const to = step(from, event, view.rows.length);
    if (!to) return;
    event.preventDefault();
    const cell = table.current?.querySelector<HTMLTextAreaElement>(`textarea[data-cell="${to.row}-${to.author}"]`);
    cell?.focus();
    cell?.select();
  }

  return (
    <div className="remarks-frame">
      {!closed && <p className="muted remarks-keys">Enter saves and goes down, Shift + Enter up; arrows move from the edge of a text; Escape takes your change back.</p>}
      <table className="remarks" ref={table}>
        <caption className="visually-hidden">Remarks of {view.label}</caption>
        <thead><tr><th scope="col">Student</th><th scope="col">Figures</th><th scope="col">Class teacher’s remark</th><th scope="col">Principal’s remark</th></tr></thead>
        <tbody>
          {view.rows.map((row, index) => (
            <tr key={row.studentId}>
              <th scope="row"><span className="strong">{row.name}</span><span className="muted remarks-no">{row.studentNo}</span></th>
              <td><Figures row={row} /></td>
              {authors.map((author) => (
                <td key={author} data-label={author === "class_teacher" ? "Class teacher" : "Principal"}>
                  <RemarkCell row={row} index={index} author={author} termId={view.termId} closed={closed} onKey={(event) => move({ row: index, author }, event)} onSaved={onSaved} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figures({ row }: { row: RemarkRow }) {
  const format = useFormat();
  const faults = row.findings.filter((found) => !found.author);
  if (row.average === null) return <span className="remark-fault">{faults[0]?.message ?? "No scores yet."}</span>;
  return (
    <div className="remark-figures">
      <span className="figures"><span className="strong">{format.number(row.average)}</span> {row.grade}{row.position ? `, place ${row.position}` : ""}</span>
      {row.attendance !== null && <span className="muted figures">Present {format.percent(row.attendance)}</span>}
      {faults.slice(0, 1).map((found, index) => <span key={index} className="remark-fault">{found.message}</span>)}
      {faults.length > 1 && (
        <details className="remark-more"><summary>{faults.length - 1} more to look at</summary>
          {faults.slice(1).map((found, index) => <span key={index} className="remark-fault">{found.message}</span>)}
        </details>
      )}
    </div>
  );
}
