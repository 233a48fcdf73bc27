import { useState } from "react";
import { Link } from "react-router";
import { useSession } from "../session/SessionContext";
import { RiskBadge } from "./RiskBadge";
import { SupportNote } from "./SupportNote";

export interface RiskEntry { student: { id: string; name: string }; to: string; place?: string; level: string; score: number; reasons: string; recommendation: string }

/** Who may need help: how much, why, and what to do. Whoever may write to guardians chooses students to write about. */
export function RiskList({ entries }: { entries: RiskEntry[] }) {
  const writes = useSession().can("notices:send");
  const [chosen, setChosen] = useState<string[]>([]);
  const choose = (id: string, on: boolean) => setChosen((now) => (on ? [...now, id] : now.filter((one) => one !== id)));
  const students = entries.map((one) => one.student).filter((one) => chosen.includes(one.id));
  if (entries.length === 0) return <p className="muted">Nobody stands out.</p>;
  return (
    <>
      <ul className="rows">
        {entries.map((one) => (
          <li key={one.student.id} className="row row-stack risk-row">
            {writes && (
              <label className="preference-box"><input type="checkbox" aria-label={`Choose ${one.student.name}`} checked={chosen.includes(one.student.id)} onChange={(event) => choose(one.student.id, event.target.checked)} /></label>
            )}
            <span className="row-words">
              <span className="row-title"><Link to={one.to}>{one.student.name}</Link>{one.place && <span className="muted"> · {one.place}</span>}</span>
              <span className="row-text">{one.reasons}</span>
              <span className="row-text muted">{one.recommendation}</span>
            </span>
            <RiskBadge level={one.level} score={one.score} />
          </li>
        ))}
      </ul>
      {writes && students.length === 0 && <p className="muted row-text">Choose students to draft a note to their guardians.</p>}
      {writes && students.length > 0 && <SupportNote students={students} />}
    </>
  );
}
