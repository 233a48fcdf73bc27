/** One message: the person's words in a bubble, the assistant's answer as a page of text, tool lines and blocks. */

import { memo } from "react";
import { ApprovalCardView } from "../approvals/ApprovalCardView";
import { Blocks } from "../blocks/Blocks";
import { Markdown } from "../blocks/Markdown";
import { Notice } from "../blocks/Notice";
import { useFormat } from "../design/format";
import { Attachment } from "./Attachment";
import { AnswerActions, QuestionActions, type MessageActions } from "./MessageActions";
import { isEmptyAnswer, toolCall, type SchoolMessage, type SchoolPart, type ToolCall } from "./message";
import { Suggestions } from "./Suggestions";
import { Thinking } from "./Thinking";
import { ToolLine } from "./ToolLine";

interface MessageProps { message: SchoolMessage; streaming: boolean; newest: boolean; actions: MessageActions }

export const MessageView = memo(function MessageView({ message, streaming, newest, actions }: MessageProps) {
  if (message.role === "user") return <Question message={message} actions={actions} />;
  return (
    <article className="answer" aria-label="Assistant">
      {message.parts.map((part, index) => (
        <PartView key={index} part={part} newest={newest && !streaming} actions={actions} />
      ))}
      {streaming && isEmptyAnswer(message) && <Thinking />}
      {!streaming && isEmptyAnswer(message) && <p className="muted">No answer was given.</p>}
      {!streaming && !isEmptyAnswer(message) && <AnswerActions message={message} newest={newest} actions={actions} />}
    </article>
  );
});

function Question({ message, actions }: { message: SchoolMessage; actions: MessageActions }) {
  const format = useFormat();
  const decision = message.parts.find((part) => part.type === "data-decision");
  if (decision) {
    const words = decision.data.decision === "approve" ? "You approved" : "You cancelled";
    return <p className="decision muted">{words} · {decision.data.title}</p>;
  }
  return (
    <article className="question" aria-label="You">
      <div className="bubble">
        {message.parts.map((part, index) => {
          if (part.type === "text") return <p key={index} className="question-text">{part.text}</p>;
          if (part.type === "data-file") return <Attachment key={index} name={part.data.name} size={part.data.size} />;
          if (part.type === "file") return <Attachment key={index} name={part.filename ?? "File"} />;
          return null;
        })}
      </div>
      <div className="question-foot">
        <QuestionActions message={message} actions={actions} />
        {message.metadata?.createdAt && <time className="muted" dateTime={message.metadata.createdAt}>{format.time(message.metadata.createdAt)}</time>}
      </div>
    </article>
  );
}

function PartView({ part, newest, actions }: { part: SchoolPart; newest: boolean; actions: MessageActions }) {
  const call = toolCall(part);
  if (call) return <ToolPart call={call} />;
  switch (part.type) {
    case "text": return part.text ? <Markdown text={part.text} /> : null;
    case "data-preview": return <ApprovalCardView inConversation card={part.data} onDecided={actions.onDecided} onChange={actions.onChange} />;
    case "data-note": return <Notice tone="info">{part.data.text}</Notice>;
    case "data-error": return <Notice tone="danger">{part.data.text}</Notice>;
    case "data-suggestions": return newest ? <Suggestions items={part.data} onPick={(text) => actions.onResend(text)} /> : null;
    case "data-file": return <Attachment name={part.data.name} size={part.data.size} />;
    default: return null;
  }
}

function ToolPart({ call }: { call: ToolCall }) {
  return (
    <>
      <ToolLine call={call} />
      <Blocks blocks={call.output?.blocks} />
    </>
  );
}
