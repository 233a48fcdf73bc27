/** Whose week is shown: a class's, a teacher's or a room's. */

import { kinds, type Choice, type Kind } from "./week";

const words: Record<Kind, string> = { class: "Class", teacher: "Teacher", room: "Room" };

interface ChooserProps { all: Record<Kind, Choice[]>; choice: Choice | undefined; onChoose: (choice: Choice) => void }

export function WeekChooser({ all, choice, onChoose }: ChooserProps) {
  const offered = kinds.filter((kind) => all[kind].length > 0);
  const kind = choice?.kind ?? "class";
  return (
    <div className="week-chooser">
      {offered.length > 1 && (
        <div className="segments" role="group" aria-label="By">
          {offered.map((one) => (
            <button key={one} type="button" aria-pressed={one === kind} onClick={() => { const first = all[one][0]; if (first) onChoose(first); }}>{words[one]}</button>
          ))}
        </div>
      )}
      <label className="week-who">
        <span className="visually-hidden">{words[kind]}</span>
        <select className="input" value={choice?.id ?? ""} onChange={(event) => { const found = all[kind].find((one) => one.id === event.target.value); if (found) onChoose(found); }}>
          {all[kind].map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
        </select>
      </label>
    </div>
  );
}
