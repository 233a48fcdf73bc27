import { useState } from "react";
import type { ErrorsBlock } from "../api/types";

const firstFew = 8;

export function ErrorsBlockView({ block }: { block: ErrorsBlock }) {
  const [all, setAll] = useState(false);
  const shown = all ? block.items : block.items.slice(0, firstFew);
  return (
    <section className="row-errors">
      <h2>{block.title}</h2>
      <ul>
        {shown.map((item, index) => (
          <li key={index}>
            <span className="row-error-where">{item.where}</span>
            <span className="row-error-what">
              {item.what}
              {item.fix && <span className="row-error-fix">{item.fix}</span>}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < block.items.length && (
        <button type="button" className="button button-plain" onClick={() => setAll(true)}>
          Show all {block.items.length}
        </button>
      )}
    </section>
  );
}
