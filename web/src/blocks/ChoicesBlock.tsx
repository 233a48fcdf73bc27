import { useState } from "react";
import type { ChoicesBlock } from "../api/types";
import { useSay } from "./SayContext";

export function ChoicesBlockView({ block }: { block: ChoicesBlock }) {
  const say = useSay();
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <div className="choices" role="group" aria-label={block.question}>
      <p>{block.question}</p>
      <div className="choice-row">
        {block.options.map((option, index) => (
          <button
            key={index}
            type="button"
            className="button button-quiet"
            disabled={!say || chosen !== null}
            aria-pressed={chosen === index}
            onClick={() => {
              setChosen(index);
              say?.(option.send);
            }}
          >
            {option.label}
          </button>
        ))}
      </div>
    </div>
  );
}
