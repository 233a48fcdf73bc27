/** A batch of cards: followed while it is printed, cancelled on request, its ZIP and the failed cards at the end. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { Blocks } from "../blocks/Blocks";
import type { Block } from "../api/types";
import { RunProgress } from "../runs/RunProgress";
import { isOver, useRun } from "../runs/useRun";

export function BatchProgress({ jobId }: { jobId: string }) {
  const api = useApi();
  const { data: run } = useRun(jobId);
  const over = run !== undefined && isOver(run);
  const job = useQuery({
    queryKey: ["report-job", jobId], enabled: over,
    queryFn: ({ signal }) => body(api.call.GET("/api/reports/jobs/{job}", { params: { path: { job: jobId } }, signal })),
  });
  const blocks: Block[] = [];
  if (job.data?.downloadUrl) blocks.push({ type: "file", name: `${job.data.title}.zip`, url: job.data.downloadUrl, mediaType: "application/zip" });
  for (const failed of job.data?.failed ?? []) blocks.push({ type: "notice", tone: "warning", text: `${failed.student}: ${failed.reason}` });
  return (
    <div className="stack-tight">
      <RunProgress runId={jobId} title="Report cards" />
      <Blocks blocks={blocks} />
    </div>
  );
}

/** Remarks being drafted by a language model; at the end the table is read again. */
export function DraftProgress({ runId, onOver }: { runId: string; onOver: () => void }) {
  const { data: run } = useRun(runId);
  const over = run !== undefined && isOver(run);
  useEffect(() => {
    if (over) onOver();
    // The callback is new on every render; the end comes once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [over]);
  return <RunProgress runId={runId} title="Drafting remarks" />;
}
