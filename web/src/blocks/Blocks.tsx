/** Every result renders here, by block type; no block knows a capability. */

import { lazy, Suspense } from "react";
import type { Block } from "../api/types";
import { Skeleton } from "../design/Skeleton";
import { CitationsBlockView } from "./CitationsBlock";
import { ChoicesBlockView } from "./ChoicesBlock";
import { ErrorsBlockView } from "./ErrorsBlock";
import { FactsBlockView } from "./FactsBlock";
import { FileBlockView } from "./FileBlock";
import { Markdown } from "./Markdown";
import { Notice } from "./Notice";
import { PeopleBlockView } from "./PeopleBlock";
import { ProgressBlockView } from "./ProgressBlock";
import { TableBlockView } from "./TableBlock";

const ChartBlockView = lazy(() => import("./ChartBlock"));

export function Blocks({ blocks }: { blocks: Block[] | null | undefined }) {
  if (!blocks?.length) return null;
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case "text": return <Markdown text={block.markdown} />;
    case "facts": return <FactsBlockView block={block} />;
    case "table": return <TableBlockView block={block} />;
    case "people": return <PeopleBlockView block={block} />;
    case "chart":
      return (
        <Suspense fallback={<Skeleton className="chart-skeleton" label="Loading the chart" />}>
          <ChartBlockView block={block} />
        </Suspense>
      );
    case "file": return <FileBlockView block={block} />;
    case "progress": return <ProgressBlockView block={block} />;
    case "citations": return <CitationsBlockView block={block} />;
    case "choices": return <ChoicesBlockView block={block} />;
    case "errors": return <ErrorsBlockView block={block} />;
    case "notice": return <Notice tone={block.tone}>{block.text}</Notice>;
    default: return <UnknownBlock block={block} />;
  }
}

/** A newer server may say more than this page knows: show it rather than drop it. */
function UnknownBlock({ block }: { block: unknown }) {
  return (
    <details className="tool-line">
      <summary>More details</summary>
      <pre>{JSON.stringify(block, null, 2)}</pre>
    </details>
  );
}
