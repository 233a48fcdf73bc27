/** One run: read once, then followed over SSE until it ends. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { subscribe } from "../api/eventStream";
import type { Run } from "../api/types";

export const isOver = (run: Pick<Run, "status">) => run.status === "succeeded" || run.status === "failed" || run.status === "cancelled";

export function useRun(runId: string) {
  const api = useApi();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["run", runId],
    queryFn: ({ signal }) => body(api.call.GET("/api/runs/{run_id}", { params: { path: { run_id: runId } }, signal })) as Promise<Run>,
  });
  const live = query.data !== undefined && !isOver(query.data);

  useEffect(() => {
    if (!live) return;
    return subscribe(api, `/api/runs/${runId}/events`, {
      onEvent: (_name, data) => {
        if (!data || typeof data !== "object") return;
        const change = data as Partial<Run>;
        queries.setQueryData<Run>(["run", runId], (run) => (run ? { ...run, ...change } : run));
        // The end carries a result that the progress event leaves out.
        if (change.status && isOver({ status: change.status })) {
          void queries.invalidateQueries({ queryKey: ["run", runId] });
          void queries.invalidateQueries({ queryKey: ["runs"] });
        }
      },
      isLast: (_name, data) => {
        const status = data && typeof data === "object" ? (data as Partial<Run>).status : undefined;
        return status !== undefined && isOver({ status });
      },
    });
  }, [api, live, queries, runId]);

  return query;
}
