import type { PeopleBlock } from "../api/types";
import { Portrait } from "../design/Portrait";

export function PeopleBlockView({ block }: { block: PeopleBlock }) {
  if (block.items.length === 0) return <p className="muted">Nobody was found.</p>;
  return (
    <ul className="people">
      {block.items.map((person) => (
        <li key={person.id} className="person">
          <Portrait name={person.name} photoUrl={person.photoUrl} />
          <div className="person-words">
            <span className="person-name">{person.name}</span>
            {person.subtitle && <span className="muted">{person.subtitle}</span>}
          </div>
        </li>
      ))}
    </ul>
  );
}
