import type { CitationsBlock } from "../api/types";
import { useApi } from "../api/ApiContext";
import { safeUrl } from "./safeUrl";

export function CitationsBlockView({ block }: { block: CitationsBlock }) {
  const api = useApi();
  if (block.items.length === 0) return null;
  return (
    <section className="block">
      <h2 className="block-title">Sources</h2>
      <ol className="citations">
        {block.items.map((item, index) => {
          const url = safeUrl(item.url, api.base);
          const where = item.page ? `${item.title}, page ${item.page}` : item.title;
          return (
            <li key={index} className="citation">
              {url ? <a href={url} target="_blank" rel="noopener noreferrer">{where}</a> : <span className="strong">{where}</span>}
              {item.quote && <blockquote>{item.quote}</blockquote>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
