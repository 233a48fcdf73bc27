/** What is about to happen, who is left out and why, what it costs; then Approve, Change or Cancel. */

import { Check, Send, ShieldCheck, Users } from "lucide-react";
import { useId } from "react";
import { sentence } from "../api/problem";
import type { ApprovalCard, MessageSample } from "../api/types";
import { Blocks } from "../blocks/Blocks";
import { Notice } from "../blocks/Notice";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { Excluded } from "./Excluded";
import { Expiry } from "./Expiry";
import { useApproval, type Decision } from "./useApproval";

export interface ApprovalCardProps {
  card: ApprovalCard;
  onDecided?: (card: ApprovalCard, decision: Decision) => void;
  /** Change: take the request back into the composer. Absent where there is no composer. */
  onChange?: (card: ApprovalCard) => void;
  /** The conversation goes on with the result, so the card need not repeat it. */
  inConversation?: boolean;
}

export function ApprovalCardView({ card: first, onDecided, onChange, inConversation = false }: ApprovalCardProps) {
  const { card, decide } = useApproval(first, onDecided);
  const titleId = useId();
  const { preview } = card;
  const pending = card.status === "pending";
  const excluded = preview.excluded ?? [];
  return (
    <div role="group" className={`approval approval-${card.status}`} aria-labelledby={titleId}>
      <header className="approval-head">
        <span className="approval-mark" aria-hidden="true">
          {card.status === "executed" ? <Check size={18} /> : card.effect === "send" ? <Send size={17} /> : <ShieldCheck size={18} />}
        </span>
        <div className="approval-title">
          <h2 id={titleId}>{preview.title || card.title}</h2>
          {preview.summary && <p className="muted">{preview.summary}</p>}
        </div>
        <StatusBadge status={card.status} label={statusWords[card.status]} />
      </header>

      <Counts card={card} excluded={excluded.length} />
      {pending ? <PreviewBody card={card} /> : (
        <details className="approval-past">
          <summary>What the preview showed</summary>
          <div className="approval-past-body"><PreviewBody card={card} /></div>
        </details>
      )}
      {card.needsSecondPerson && pending && (
        <Notice tone="info">{card.secondPersonHint ?? "A second person has to approve this."}</Notice>
      )}
      <Outcome card={card} />

      {pending && (
        <footer className="approval-foot">
          <div className="approval-actions">
            <button type="button" className="button button-primary" disabled={decide.isPending} onClick={() => decide.mutate("approve")}>
              {decide.isPending && decide.variables === "approve" ? "Approving…" : "Approve"}
            </button>
            {onChange && (
              <button type="button" className="button button-quiet" disabled={decide.isPending} onClick={() => onChange(card)}>Change</button>
            )}
            <button type="button" className="button button-plain" disabled={decide.isPending} onClick={() => decide.mutate("decline")}>Cancel</button>
          </div>
          <Expiry at={card.expiresAt} />
        </footer>
      )}
      {decide.error && <Notice tone="danger">{sentence(decide.error)}</Notice>}
      {!inConversation && card.status === "executed" && card.result?.blocks && <Blocks blocks={card.result.blocks} />}
    </div>
  );
}

export function PreviewBody({ card: { preview } }: { card: Pick<ApprovalCard, "preview"> }) {
  return (
    <>
      <Blocks blocks={preview.blocks} />
      {(preview.messages ?? []).map((message, index) => <MessagePreview key={index} message={message} />)}
      <Excluded people={preview.excluded ?? []} />
      {(preview.warnings ?? []).map((warning, index) => <Notice key={index} tone="warning">{warning}</Notice>)}
    </>
  );
}

const statusWords: Record<ApprovalCard["status"], string> = {
  pending: "Waiting for approval", executed: "Approved", declined: "Cancelled", expired: "Expired", stale: "Out of date", failed: "Failed",
};

function Counts({ card, excluded }: { card: ApprovalCard; excluded: number }) {
  const format = useFormat();
  const { included, cost } = card.preview;
  const channels = [...new Set((card.preview.messages ?? []).map((message) => channelWords(message.channel)))];
  if (!included && !excluded && !cost) return null;
  return (
    <ul className="approval-counts">
      <li><Users size={15} aria-hidden="true" /> <strong>{format.number(included ?? 0)}</strong> included</li>
      {excluded > 0 && <li><strong>{format.number(excluded)}</strong> left out</li>}
      {channels.length > 0 && <li>by <strong>{channels.join(", ")}</strong></li>}
      {cost && <li>costs <strong>{format.money(cost)}</strong></li>}
    </ul>
  );
}

export function channelWords(channel: string): string {
  if (channel.toLowerCase() === "sms") return "SMS";
  if (channel.toLowerCase() === "whatsapp") return "WhatsApp";
  if (channel.toLowerCase() === "email") return "e-mail";
  return channel;
}

function MessagePreview({ message }: { message: MessageSample }) {
  const format = useFormat();
  const { channel, text, segments = 0, recipients = 0, cost = 0 } = message;
  return (
    <figure className="message-preview">
      <figcaption>
        <span className="strong">{channelWords(channel)}</span>
        <span className="muted figures">
          {[
            recipients ? `${format.number(recipients)} ${recipients === 1 ? "person" : "people"}` : null,
            segments && channel === "sms" ? `${segments} ${segments === 1 ? "segment" : "segments"}` : null,
            `${text.length} characters`,
            cost ? format.cell(cost, "money") : null,
          ].filter(Boolean).join(" · ")}
        </span>
      </figcaption>
      <p className="message-text">{text}</p>
    </figure>
  );
}

function Outcome({ card }: { card: ApprovalCard }) {
  const by = card.decidedBy ? ` by ${card.decidedBy}` : "";
  if (card.status === "executed") return <p className="approval-outcome muted">Approved{by}. It was carried out once.</p>;
  if (card.status === "declined") return <p className="approval-outcome muted">Cancelled{by}. Nothing was changed or sent.</p>;
  if (card.status === "expired") return <Notice tone="info">This preview has expired. Nothing was changed or sent; ask again for a new one.</Notice>;
  if (card.status === "stale") return <Notice tone="warning">The records changed after this preview was made, so it can no longer be approved. Ask again to see what would happen now.</Notice>;
  if (card.status === "failed") return <Notice tone="danger">{card.error ?? "This could not be carried out."} Nothing was half-saved.</Notice>;
  return null;
}
