import type { FactsBlock } from "../api/types";
import { CellValue } from "./CellValue";

export function FactsBlockView({ block }: { block: FactsBlock }) {
  return (
    <section className="block">
      {block.title && <h2 className="block-title">{block.title}</h2>}
      <dl className="facts">
        {block.items.map((item, index) => (
          <div key={index} className="fact">
            <dt>{item.label}</dt>
            <dd><CellValue value={item.value} kind={item.kind} /></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
