/** A page's way to change something: propose the action, show its preview, and go on when it was approved. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ApprovalCard } from "../api/types";
import { card as readCard } from "./cards";

export interface Proposal {
  card: ApprovalCard | null;
  busy: boolean;
  error: Error | null;
  propose: (capability: string, args: Record<string, unknown>) => void;
  /** Take the card away; it can still be decided under Approvals. */
  dismiss: () => void;
}

export function useProposal(): Proposal {
  const api = useApi();
  const [card, setCard] = useState<ApprovalCard | null>(null);
  const ask = useMutation({
    mutationFn: ({ capability, args }: { capability: string; args: Record<string, unknown> }) =>
      readCard(api.call.POST("/api/approvals", { body: { capability, arguments: args } })),
    onMutate: () => setCard(null),
    onSuccess: setCard,
  });
  return {
    card, busy: ask.isPending, error: ask.error,
    propose: (capability, args) => ask.mutate({ capability, args }),
    dismiss: () => { setCard(null); ask.reset(); },
  };
}
