import { audiences, kinds } from "./types";

export interface Placed { kind: keyof typeof kinds; audience: keyof typeof audiences; subject: string; level: string; termNumber: string }

/** What a document is and who may read it. Subject and level are named as the school names them. */
export function Placing({ placed, onChange }: { placed: Placed; onChange: (placed: Placed) => void }) {
  return (
    <div className="field-row placing">
      <label className="field">
        <span>What it is</span>
        <select className="input" value={placed.kind} onChange={(event) => onChange({ ...placed, kind: event.target.value as Placed["kind"] })}>
          {Object.entries(kinds).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </label>
      <label className="field">
        <span>Who may read it</span>
        <select className="input" value={placed.audience} onChange={(event) => onChange({ ...placed, audience: event.target.value as Placed["audience"] })}>
          {Object.entries(audiences).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </label>
      <label className="field">
        <span>Subject</span>
        <input className="input" value={placed.subject} placeholder="Mathematics" onChange={(event) => onChange({ ...placed, subject: event.target.value })} />
      </label>
      <label className="field">
        <span>Level</span>
        <input className="input" value={placed.level} placeholder="JSS 2" onChange={(event) => onChange({ ...placed, level: event.target.value })} />
      </label>
      <label className="field">
        <span>Term</span>
        <select className="input" value={placed.termNumber} onChange={(event) => onChange({ ...placed, termNumber: event.target.value })}>
          <option value="">Any</option>
          {["1", "2", "3"].map((term) => <option key={term} value={term}>{term}</option>)}
        </select>
      </label>
    </div>
  );
}
