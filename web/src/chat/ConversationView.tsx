/** A whole conversation: messages, what waits to be sent, and the composer. Shared by the portal and the widget. */

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { sentence } from "../api/problem";
import type { ApprovalCard } from "../api/types";
import type { Decision } from "../approvals/useApproval";
import { Notice } from "../blocks/Notice";
import { SayContext } from "../blocks/SayContext";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { Composer, type ComposerControl } from "./Composer";
import { LiveLog } from "./LiveLog";
import { Thinking } from "./Thinking";
import type { MessageActions } from "./MessageActions";
import type { Outbox, QueuedMessage } from "./outbox";
import { useConversation } from "./useConversation";
import { useOnline } from "./useOnline";

// Answers need the Markdown reader, tables and cards; the empty page and its composer do not wait for them.
const loadMessages = () => import("./MessageList");
const MessageList = lazy(loadMessages);

interface ConversationProps {
  conversationId: string;
  isNew: boolean;
  outbox: Outbox;
  /** Shown while nothing has been said yet. */
  welcome: (say: (text: string) => void) => ReactNode;
  onFirstMessage?: (conversationId: string) => void;
}

export function ConversationView({ conversationId, isNew, outbox, welcome, onFirstMessage }: ConversationProps) {
  const conversation = useConversation(conversationId, isNew, outbox);
  const { messages, queued, busy, send, follow } = conversation;
  const composer = useRef<ComposerControl>(null);
  const online = useOnline();
  useEffect(() => {
    const fetchNow = () => void loadMessages().catch(() => undefined);
    if (!isNew) return fetchNow();
    const later = (window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 300)))(fetchNow);
    return () => (window.cancelIdleCallback ?? window.clearTimeout)(later);
  }, [isNew]);
  const [dropping, setDropping] = useState(false);

  const say = useCallback(
    (text: string, files: Parameters<typeof send>[1] = []) => {
      onFirstMessage?.(conversationId);
      send(text, files);
    },
    [conversationId, onFirstMessage, send],
  );
  const actions = useMemo<MessageActions>(() => ({
    conversationId,
    onDecided: (_card: ApprovalCard, decision: Decision) => { if (decision === "approve") void follow(); },
    onChange: () => composer.current?.take("Change it: "),
    onResend: (text, files) => say(text, files),
    onEdit: (text, files) => composer.current?.take(text, files),
  }), [conversationId, follow, say]);

  if (conversation.loading === "missing") return <Problem title="This conversation is not here" text="It may have been deleted, or it belongs to someone else." />;
  if (conversation.loading === "failed") {
    return <Problem title="The conversation could not be loaded" text="The connection dropped or the server is busy." action={<button type="button" className="button" onClick={() => void conversation.reload()}>Try again</button>} />;
  }
  const empty = messages.length === 0 && queued.length === 0;
  const waitingForAnswer = busy && messages.at(-1)?.role === "user";
  return (
    <SayContext.Provider value={say}>
      {/* Dropping is a shortcut: the attach button does the same by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className={dropping ? "conversation conversation-dropping" : "conversation"}
        onDragOver={(event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); setDropping(true); } }}
        onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false); }}
        onDrop={(event) => { event.preventDefault(); setDropping(false); composer.current?.addFiles(event.dataTransfer.files); }}
      >
        {conversation.loading === "loading" ? <div className="conversation-loading"><SkeletonLines lines={6} label="Loading the conversation" /></div>
          : empty ? <div className="conversation-welcome">{welcome(say)}</div>
          : (
            <Suspense fallback={<div className="conversation-loading"><SkeletonLines lines={6} label="Loading the conversation" /></div>}>
            <MessageList messages={messages} busy={busy} actions={actions}>
              {waitingForAnswer && <div className="message"><article className="answer"><Thinking /></article></div>}
              {queued.map((message) => (
                <Waiting key={message.clientMessageId} message={message} why={!online ? "Waiting for the connection" : busy ? "Sent after this answer" : "Sending…"} onForget={() => conversation.forget(message.clientMessageId)} />
              ))}
              {!conversation.connected && busy && <Notice tone="warning">The connection dropped. The answer goes on as soon as it is back.</Notice>}
              {conversation.error && (
                <Notice tone="danger" action={<button type="button" className="button button-quiet" onClick={conversation.retry}>Try again</button>}>{sentence(conversation.error)}</Notice>
              )}
            </MessageList>
            </Suspense>
          )}
        <LiveLog newest={messages.at(-1)} busy={busy} />
        <div className="composer-dock">
          <Composer
            control={composer} busy={busy} draftKey={`schoolos.draft.${conversationId}`} onSend={say} onStop={conversation.stop}
            placeholder={online ? "Ask, or say what should be done" : "You are offline. Write on; it is sent when the line is back."}
          />
        </div>
        {dropping && <div className="drop-veil" aria-hidden="true">Drop the file to attach it</div>}
      </div>
    </SayContext.Provider>
  );
}

function Waiting({ message, why, onForget }: { message: QueuedMessage; why: string; onForget: () => void }) {
  return (
    <div className="message">
      <article className="question question-waiting" aria-label="Waiting to be sent">
        <div className="bubble"><p className="question-text">{message.text || message.files.map((file) => file.name).join(", ")}</p></div>
        <div className="question-foot"><span className="muted">{why}</span><button type="button" className="button button-plain" onClick={onForget}>Do not send</button></div>
      </article>
    </div>
  );
}

function Problem({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return <EmptyState heading="h1" title={title} text={text} action={action} />;
}
