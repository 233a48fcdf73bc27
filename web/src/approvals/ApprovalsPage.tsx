/** What waits for this person's decision, whichever door it was asked at. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { ApprovalCard } from "../api/types";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { roleWords } from "../session/SignInForm";
import { useTitle } from "../shell/useTitle";
import { ApprovalCardView } from "./ApprovalCardView";
import { card } from "./cards";
import { doorWords } from "./doorWords";
import { usePendingApprovals } from "./usePendingApprovals";

export default function ApprovalsPage() {
  useTitle("Approvals");
  const { approvalId } = useParams();
  const pending = usePendingApprovals();
  // A card that was decided, went stale or ran out stays where it was, so that its outcome is seen.
  const [seen, setSeen] = useState<ApprovalCard[]>([]);
  const waiting = pending.data?.items;
  const unseen = waiting?.filter((card) => !seen.some((one) => one.id === card.id)) ?? [];
  if (unseen.length > 0) setSeen([...unseen, ...seen]);
  const shown = seen.filter((card) => card.id !== approvalId);
  return (
    <div className="page">
      <header className="page-head">
        <h1>Approvals</h1>
        <p className="muted">Nothing here has happened yet. Each is carried out once, exactly as shown, when you approve it.</p>
      </header>
      {approvalId && <OneApproval id={approvalId} />}
      {pending.isPending && <SkeletonLines lines={8} label="Loading approvals" />}
      {pending.error && <Notice tone="danger">{sentence(pending.error)}</Notice>}
      {pending.isSuccess && shown.length === 0 && !approvalId && <EmptyState title="Nothing waits for you" text="When something needs your approval it is listed here, and the bell tells you." />}
      {shown.map((card) => <Waiting key={card.id} card={card} />)}
    </div>
  );
}

function OneApproval({ id }: { id: string }) {
  const api = useApi();
  const { data, error, isPending } = useQuery({ queryKey: ["approval", id], queryFn: ({ signal }) => card(api.call.GET("/api/approvals/{approval_id}", { params: { path: { approval_id: id } }, signal })), retry: false });
  if (isPending) return <SkeletonLines lines={6} label="Loading the approval" />;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  return <Waiting card={data} />;
}

function Waiting({ card }: { card: ApprovalCard }) {
  const format = useFormat();
  const from = card.requestedBy ? `${card.requestedBy.name}, ${roleWords(card.requestedBy.role).toLowerCase()}` : "Someone";
  return (
    <section className="stack-tight">
      <p className="muted asked-by">
        <span className="strong asked-by-name">{from}</span> asked {doorWords(card.door)} · <time dateTime={card.createdAt}>{format.ago(card.createdAt)}</time>
        {card.conversationId && <> · <Link to={`/c/${card.conversationId}`}>Conversation</Link></>}
      </p>
      <ApprovalCardView card={card} />
    </section>
  );
}
