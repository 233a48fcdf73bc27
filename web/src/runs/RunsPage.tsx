/** Long work: what runs now with its progress, and what has run. */

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { Page, Run } from "../api/types";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { RunProgress } from "./RunProgress";
import { isOver } from "./useRun";

export default function RunsPage() {
  useTitle("Runs");
  const { runId } = useParams();
  const api = useApi();
  const runs = useQuery({
    queryKey: ["runs"],
    queryFn: ({ signal }) => body(api.call.GET("/api/runs", { signal })) as Promise<Page<Run>>,
    refetchInterval: 20_000,
  });
  const items = runs.data?.items ?? [];
  const now = items.filter((run) => !isOver(run));
  const past = items.filter(isOver);
  return (
    <div className="page">
      <header className="page-head">
        <h1>Runs</h1>
        <p className="muted">Work that takes a while: imports, report cards, timetables. It goes on when you leave.</p>
      </header>
      {runId && (
        <section className="stack" aria-label="The run you followed here">
          <RunProgress key={runId} runId={runId} title="Run" />
          <Link to="/runs">All runs</Link>
        </section>
      )}
      {runs.isPending && <SkeletonLines lines={6} label="Loading runs" />}
      {runs.error && <Notice tone="danger">{sentence(runs.error)}</Notice>}
      {runs.isSuccess && items.length === 0 && <EmptyState title="Nothing has run yet" text="Ask the assistant for something large, such as report cards for a whole class." />}
      {now.length > 0 && (
        <section className="stack">
          <h2 className="section-title">Running now</h2>
          {now.filter((run) => run.id !== runId).map((run) => <RunProgress key={run.id} runId={run.id} title={run.title} />)}
        </section>
      )}
      {past.length > 0 && (
        <section className="stack">
          <h2 className="section-title">Finished</h2>
          <ul className="rows">{past.map((run) => <PastRun key={run.id} run={run} />)}</ul>
        </section>
      )}
    </div>
  );
}

function PastRun({ run }: { run: Run }) {
  const format = useFormat();
  return (
    <li>
      <Link className="row row-link row-stack" to={`/runs/${run.id}`}>
        <span className="row-words">
          <span className="row-title">{run.title}</span>
          {(run.error ?? run.message) && <span className="muted row-text">{run.error ?? run.message}</span>}
        </span>
        <StatusBadge status={run.status} />
        <time className="muted row-time" dateTime={run.createdAt} title={format.dateTime(run.createdAt)}>{format.ago(run.createdAt)}</time>
      </Link>
    </li>
  );
}
