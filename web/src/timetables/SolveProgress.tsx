/** A timetable being worked out, live: the best so far, how it came down, and the way to stop. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useRun } from "../runs/useRun";

type Job = components["schemas"]["TimetableJob"];
export const isDone = (job: Pick<Job, "status">) => !["queued", "solving"].includes(job.status);

export function SolveProgress({ jobId }: { jobId: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const params = { path: { jobId } };
  const job = useQuery({
    queryKey: ["timetable-job", jobId],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable/jobs/{jobId}", { params, signal })),
    refetchInterval: (query) => (query.state.data && isDone(query.state.data) ? false : 1_000),
  });
  const run = useRun(jobId);
  const stop = useMutation({ mutationFn: () => api.call.POST("/api/timetable/jobs/{jobId}/cancel", { params }) });
  const done = job.data ? isDone(job.data) : false;
  useEffect(() => {
    if (done) void queries.invalidateQueries({ queryKey: ["timetables"] });
  }, [done, queries]);
  if (job.error) return <Notice tone="danger">{sentence(job.error)}</Notice>;
  if (!job.data) return null;
  const { name, status, solutions, bound, error, timetableId } = job.data;
  const known = run.data?.total ? { value: Math.min(job.data.elapsedS, run.data.total), max: run.data.total } : {};
  return (
    <section className="panel stack-tight solve" aria-label={`Making ${name}`}>
      <header className="run-head"><h2 className="section-title">{name}</h2><StatusBadge status={status} /></header>
      {!done && <progress aria-label={`Time spent on ${name}`} {...known} />}
      <Best job={job.data} />
      {solutions.length > 1 && <Descent solutions={solutions} bound={bound} />}
      {error && <Notice tone="danger">{error}</Notice>}
      <footer className="take-away">
        {!done && <button type="button" className="button" disabled={stop.isPending || stop.isSuccess} onClick={() => stop.mutate()}>{stop.isSuccess ? "Stopping…" : "Good enough: stop"}</button>}
        {done && solutions.length > 0 && <Link className="button button-primary" to={`/timetables/${timetableId}`}>Open it</Link>}
      </footer>
    </section>
  );
}

function Best({ job }: { job: Job }) {
  const format = useFormat();
  if (job.soft === null) return <p className="muted">{isDone(job) ? "No timetable was found." : "Looking for a first timetable…"}</p>;
  const broken = job.hard ? `${job.hard} rules broken` : "every rule kept";
  return (
    <p>
      <span className="strong figures">{format.number(job.soft)}</span> <span className="muted">cost of unmet wishes, {broken}, {job.attempts} better {job.attempts === 1 ? "one" : "ones"} in {job.elapsed}{job.bound ? `; none costs less than ${format.number(job.bound)}` : ""}.</span>
    </p>
  );
}

/** The cost of the best timetable over the seconds, on a scale of its own. */
function Descent({ solutions, bound }: { solutions: Job["solutions"]; bound: number | null }) {
  const valid = solutions.filter((step) => step.hard + step.unplaced === 0);
  const last = valid.at(-1);
  const first = valid[0];
  if (!first || !last || valid.length < 2) return null;
  const width = 600, height = 70, end = Math.max(last.elapsedS, 0.01), top = first.soft, low = Math.min(last.soft, bound ?? last.soft);
  const x = (s: number) => (s / end) * width;
  const y = (cost: number) => 4 + (1 - (cost - low) / Math.max(top - low, 1)) * (height - 8);
  const path = valid.map((step, at) => (at === 0 ? `M${x(step.elapsedS)},${y(step.soft)}` : `H${x(step.elapsedS)}V${y(step.soft)}`)).join("");
  return (
    <svg className="descent" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`The cost went from ${first.soft} after ${first.elapsedS.toFixed(1)} s to ${last.soft} after ${last.elapsedS.toFixed(1)} s.`}>
      {bound !== null && <line x1="0" x2={width} y1={y(bound)} y2={y(bound)} className="descent-bound" />}
      <path d={path} className="descent-line" />
    </svg>
  );
}
