import { lazy, Suspense, useState } from "react";
import type { ChartBlock, TableBlock } from "../api/types";
import { Skeleton } from "../design/Skeleton";
import { TableBlockView } from "./TableBlock";

const ChartFigure = lazy(() => import("./ChartFigure"));

export default function ChartBlockView({ block }: { block: ChartBlock }) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="block chart">
      <figcaption className="table-head">
        <h2 className="block-title">{block.title}</h2>
        <button type="button" className="button button-plain" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? "Show the chart" : "Show the numbers"}
        </button>
      </figcaption>
      {asTable ? (
        <TableBlockView block={chartTable(block)} />
      ) : (
        <Suspense fallback={<Skeleton className="chart-skeleton" label="Loading the chart" />}>
          <ChartFigure block={block} />
        </Suspense>
      )}
    </figure>
  );
}

/** The numbers behind a chart: one row an x, one column a series. */
export function chartTable(block: ChartBlock): TableBlock {
  const places = [...new Set(block.series.flatMap((series) => series.points.map((point) => point.x)))];
  return {
    type: "table",
    title: block.title,
    columns: [
      { key: "x", label: block.x?.label ?? "", kind: "text" },
      ...block.series.map((series, index) => ({ key: `s${index}`, label: series.name, kind: "number" as const })),
    ],
    rows: places.map((x) => ({
      x,
      ...Object.fromEntries(block.series.map((series, index) => [`s${index}`, series.points.find((point) => point.x === x)?.y ?? null])),
    })),
  };
}
