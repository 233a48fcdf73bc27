/** One approval card: what the server says of it now, and the way to decide it. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useApi } from "../api/ApiContext";
import { isProblem } from "../api/client";
import type { ApprovalCard } from "../api/types";
import { card as readCard } from "./cards";

export type Decision = "approve" | "decline";

const ended: Record<string, ApprovalCard["status"]> = { approval_stale: "stale", approval_expired: "expired", approval_used: "executed" };

export function useApproval(card: ApprovalCard, onDecided?: (card: ApprovalCard, decision: Decision) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const queryKey = ["approval", card.id];
  const params = { path: { approval_id: card.id } };
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => readCard(api.call.GET("/api/approvals/{approval_id}", { params, signal })),
    initialData: card,
    initialDataUpdatedAt: 0,
    enabled: card.status === "pending",
    // Another person, another door or a changed record may decide it while it is looked at.
    refetchInterval: (query) => (query.state.data?.status === "pending" ? 10_000 : false),
    retry: false,
  });
  const decide = useMutation({
    mutationFn: (decision: Decision) => readCard(decision === "approve"
      ? api.call.POST("/api/approvals/{approval_id}/approve", { params })
      : api.call.POST("/api/approvals/{approval_id}/decline", { params, body: {} })),
    onSuccess: (decided) => queries.setQueryData(queryKey, decided),
    onError: (error) => {
      if (isProblem(error) && ended[error.code]) {
        queries.setQueryData<ApprovalCard>(queryKey, (now) => ({ ...(now ?? card), status: ended[error.code] ?? "failed" }));
        void queries.invalidateQueries({ queryKey });
      }
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ["approvals"] });
      void queries.invalidateQueries({ queryKey: ["audit"] });
    },
  });
  // Decided here, by someone else or from another door: the conversation goes on all the same.
  const before = useRef(data.status);
  useEffect(() => {
    const decided = before.current === "pending" && (data.status === "executed" || data.status === "declined");
    before.current = data.status;
    if (decided) onDecided?.(data, data.status === "executed" ? "approve" : "decline");
  }, [data, onDecided]);
  return { card: data, decide };
}
