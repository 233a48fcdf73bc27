import { useQueries } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { AuditRow } from "../audit/AuditRow";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";

/** Earlier imports as the audit trail has them, each with its undo. */
export function ImportHistory() {
  const api = useApi();
  const lists = useQueries({
    queries: ["import_records", "import_scores"].map((tool) => ({
      queryKey: ["audit", "of", tool],
      queryFn: ({ signal }: { signal: AbortSignal }) => body(api.call.GET("/api/audit", { params: { query: { limit: 20, tool } }, signal })),
    })),
  });
  const error = lists.find((list) => list.error)?.error;
  const items = lists.flatMap((list) => list.data?.items ?? []).sort((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="stack-tight" aria-labelledby="imports-title">
      <h2 id="imports-title" className="section-title">Earlier imports</h2>
      {lists.some((list) => list.isPending) && <SkeletonLines lines={3} label="Loading the imports" />}
      {error && <Notice tone="danger">{sentence(error)}</Notice>}
      {lists.every((list) => list.isSuccess) && items.length === 0 && <p className="muted">Nothing has been imported yet.</p>}
      {items.length > 0 && <ol className="rows">{items.map((entry) => <AuditRow key={entry.id} entry={entry} />)}</ol>}
    </section>
  );
}
