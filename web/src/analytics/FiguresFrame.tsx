import type { ReactNode } from "react";
import { Link } from "react-router";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { Skeleton } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { ExportButtons, type FiguresFile } from "./ExportButtons";
import { Filters } from "./Filters";
import { asQuery, offeredOf, type Narrowing } from "./figureFilters";
import { useFilters } from "./useFigures";

interface Props<T extends { asOf?: string }> {
  title: string;
  lead?: string | undefined;
  back?: { to: string; label: string };
  found: { data: T | undefined; error: Error | null; isPending: boolean; isPlaceholderData: boolean };
  narrowed?: Narrowing[];
  /** `only` is what the page is of, on top of its filters. */
  exported?: FiguresFile;
  children: (figures: T) => ReactNode;
}

/** What every page of figures has: its name, the filters, when the figures are of, and files of them. */
export function FiguresFrame<T extends { asOf?: string }>({ title, lead, back, found, narrowed = [], exported, children }: Props<T>) {
  useTitle(title);
  const format = useFormat();
  const filters = useFilters();
  const { data, error } = found;
  return (
    <>
      <header className="page-head-row">
        <div className="page-head">
          {back && <Link to={back.to}>{back.label}</Link>}
          <h1>{title}</h1>
          {lead && <p className="muted">{lead}</p>}
        </div>
        {exported && !error && <ExportButtons kind={exported.kind} only={{ ...asQuery(offeredOf(filters, narrowed)), ...exported.only }} />}
      </header>
      {narrowed.length > 0 && <Filters offered={narrowed} />}
      {error && <Notice tone="danger">{sentence(error)}</Notice>}
      {found.isPending && <FiguresSkeleton />}
      {data && !error && (
        <div className={found.isPlaceholderData ? "figures-body figures-old" : "figures-body"} aria-busy={found.isPlaceholderData}>
          {children(data)}
          {data.asOf && <p className="muted figures-as-of">As of <time dateTime={data.asOf}>{format.dateTime(data.asOf)}</time>. For staff only.</p>}
        </div>
      )}
    </>
  );
}

function FiguresSkeleton() {
  return (
    <div className="figures-body">
      <div className="tiles">{[1, 2, 3, 4].map((n) => <Skeleton key={n} className="tile-skeleton" {...(n === 1 ? { label: "Loading the figures" } : {})} />)}</div>
      <div className="figures-pair"><Skeleton className="chart-skeleton" /><Skeleton className="chart-skeleton" /></div>
    </div>
  );
}
