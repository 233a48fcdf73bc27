import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { RunProgress } from "../runs/RunProgress";
import { isOver, useRun } from "../runs/useRun";

/** The run that reads a file; when it ends, what is shown of the documents is read anew. */
export function ReadingRun({ runId, title }: { runId: string; title: string }) {
  const queries = useQueryClient();
  const { data: run } = useRun(runId);
  const over = run !== undefined && isOver(run);
  useEffect(() => {
    if (!over) return;
    void queries.invalidateQueries({ queryKey: ["documents"] });
    void queries.invalidateQueries({ queryKey: ["document"] });
  }, [over, queries]);
  return <RunProgress runId={runId} title={title} />;
}
