import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { Blocks } from "../blocks/Blocks";
import { Notice } from "../blocks/Notice";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { isOver, useRun } from "./useRun";

export function RunProgress({ runId, title }: { runId: string; title: string }) {
  const api = useApi();
  const format = useFormat();
  const { data: run, error } = useRun(runId);
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  const known = run?.total ? { value: run.done, max: run.total } : {};
  return (
    <section className="run-card" aria-label={title}>
      <header className="run-head">
        <span className="strong">{run?.title ?? title}</span>
        {run && <StatusBadge status={run.status} />}
      </header>
      {(!run || !isOver(run)) && <progress aria-label={`Progress of ${title}`} {...known} />}
      <footer className="run-foot muted">
        <span>{run?.message ?? ""}</span>
        {run?.total ? <span className="figures">{format.number(run.done)} of {format.number(run.total)}</span> : null}
        {run && !isOver(run) && (
          <button type="button" className="button button-plain" onClick={() => void api.call.POST("/api/runs/{run_id}/cancel", { params: { path: { run_id: runId } } })}>Cancel</button>
        )}
      </footer>
      {run?.error && <Notice tone="danger">{run.error}</Notice>}
      {run?.result?.blocks && <Blocks blocks={run.result.blocks} />}
    </section>
  );
}
