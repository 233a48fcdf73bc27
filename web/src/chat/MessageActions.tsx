/** What one can do with a message: copy, rate, ask again, edit and send again. */

import { Check, Copy, Pencil, RotateCcw, ThumbsDown, ThumbsUp } from "lucide-react";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import type { ApprovalCard, Rating, UploadedFile } from "../api/types";
import type { Decision } from "../approvals/useApproval";
import { messageFiles, messageText, type SchoolMessage } from "./message";

/** What may be done with a message, by the conversation it stands in. */
export interface MessageActions {
  conversationId: string;
  onDecided: (card: ApprovalCard, decision: Decision) => void;
  onChange: (card: ApprovalCard) => void;
  onResend: (text: string, files?: UploadedFile[]) => void;
  onEdit: (text: string, files?: UploadedFile[]) => void;
}

export function AnswerActions({ message, newest, actions }: { message: SchoolMessage; newest: boolean; actions: MessageActions }) {
  const api = useApi();
  const [rating, setRating] = useState<Rating | null>(message.metadata?.feedback ?? null);
  const [said, setSaid] = useState("");
  const [asking, setAsking] = useState(false);
  const text = messageText(message);

  async function rate(pressed: Rating, reason?: string) {
    const before = rating;
    // Pressing the same thumb again takes it back.
    const value = pressed === before && !reason ? null : pressed;
    setRating(value);
    try {
      await api.call.POST("/api/conversations/{conversation_id}/turns/{turn_id}/feedback", {
        params: { path: { conversation_id: actions.conversationId, turn_id: message.id } }, body: { rating: value, ...(reason ? { reason } : {}) },
      });
      setSaid(value ? "Thank you, noted." : "");
      setAsking(value === "down" && !reason);
    } catch {
      setRating(before);
      setSaid("Your rating could not be saved.");
    }
  }

  return (
    <div className={`message-actions ${newest || rating ? "message-actions-shown" : ""}`}>
      {text && <CopyButton text={text} />}
      <button type="button" className="icon-button" aria-label="Good answer" aria-pressed={rating === "up"} onClick={() => void rate("up")}>
        <ThumbsUp size={15} aria-hidden="true" />
      </button>
      <button type="button" className="icon-button" aria-label="Poor answer" aria-pressed={rating === "down"} onClick={() => void rate("down")}>
        <ThumbsDown size={15} aria-hidden="true" />
      </button>
      <span className="muted" role="status">{said}</span>
      {asking && <ReasonForm onGive={(reason) => void rate("down", reason)} onClose={() => setAsking(false)} />}
    </div>
  );
}

function ReasonForm({ onGive, onClose }: { onGive: (reason: string) => void; onClose: () => void }) {
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget).get("reason");
        if (typeof reason === "string" && reason.trim()) onGive(reason.trim());
      }}
    >
      <input className="input" name="reason" aria-label="What was wrong with it?" placeholder="What was wrong with it?" maxLength={500} />
      <button type="submit" className="button button-quiet">Send</button>
      <button type="button" className="button button-plain" onClick={onClose}>Not now</button>
    </form>
  );
}

export function QuestionActions({ message, actions }: { message: SchoolMessage; actions: MessageActions }) {
  const text = messageText(message);
  const files = messageFiles(message);
  if (!text && files.length === 0) return null;
  return (
    <span className="message-actions">
      <button type="button" className="icon-button" aria-label="Edit and send again" title="Edit and send again" onClick={() => actions.onEdit(text, files)}>
        <Pencil size={14} aria-hidden="true" />
      </button>
      <button type="button" className="icon-button" aria-label="Ask again" title="Ask again" onClick={() => actions.onResend(text, files)}>
        <RotateCcw size={14} aria-hidden="true" />
      </button>
      {text && <CopyButton text={text} />}
    </span>
  );
}

function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button" className="icon-button" aria-label={copied ? "Copied" : "Copy the text"} title="Copy"
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => {
          setCopied(true);
          setTimeout(() => setCopied(false), 2000);
        });
      }}
    >
      {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
    </button>
  );
}
