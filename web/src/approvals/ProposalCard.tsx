import { useEffect, useRef } from "react";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { ApprovalCardView } from "./ApprovalCardView";
import type { Proposal } from "./useProposal";

/** The preview of what a page proposed, brought into view, or why it cannot be. */
export function ProposalCard({ proposal, onDone }: { proposal: Proposal; onDone?: () => void }) {
  const { card, error } = proposal;
  const place = useRef<HTMLDivElement>(null);
  const id = card?.id;
  useEffect(() => {
    if (id) place.current?.scrollIntoView({ block: "nearest" });
  }, [id]);
  return (
    <div ref={place} role="status" className="proposal">
      {error && <Notice tone="danger">{sentence(error)}</Notice>}
      {card && <ApprovalCardView key={card.id} card={card} onDecided={(_card, decision) => { if (decision === "approve") onDone?.(); }} />}
    </div>
  );
}
