import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { useFormat } from "../design/format";
import type { Matter, Template, TemplateChannel } from "./words";

interface Props { matter: Matter; channel: TemplateChannel; language: string; template: Template; editable: boolean; onKept: () => void }

/** One template: what is typed is tried on a sample child a moment later; keeping it goes over a preview. */
export function TemplateEditor({ matter, channel, language, template, editable, onKept }: Props) {
  const proposal = useProposal();
  const [subject, setSubject] = useState(template.subject);
  const [words, setWords] = useState(template.body);
  const changed = words !== template.body || subject !== template.subject;
  const own = template.own && template.language === language;
  const withSubject = channel === "email" || channel === "in_app";
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); proposal.propose("set_message_template", { matter, channel, language, subject, body: words }); }}>
      {withSubject && (
        <label className="field"><span>Subject</span>
          <input className="input" value={subject} maxLength={200} readOnly={!editable} onChange={(event) => setSubject(event.target.value)} />
        </label>
      )}
      <label className="field"><span>Words</span>
        <textarea className="input message-words" rows={channel === "email" ? 9 : 5} value={words} maxLength={10_000} readOnly={!editable} onChange={(event) => setWords(event.target.value)} />
        <span className="field-hint">Facts in double braces, such as {"{{ school }}"}, {"{{ students | names }}"}. {own ? "These are the school's own words." : "These are the default words."}</span>
      </label>
      {editable && <Trial matter={matter} channel={channel} language={language} subject={subject} words={words} />}
      {editable && (
        <div className="button-row">
          <button type="submit" className="button button-primary" disabled={!changed || !words.trim() || proposal.busy}>{proposal.busy ? "Looking…" : "Preview the change"}</button>
          {own && (
            <button type="button" className="button button-quiet" disabled={proposal.busy} onClick={() => proposal.propose("set_message_template", { matter, channel, language })}>Go back to the default</button>
          )}
        </div>
      )}
      <ProposalCard proposal={proposal} onDone={onKept} />
    </form>
  );
}

function Trial({ matter, channel, language, subject, words }: { matter: Matter; channel: TemplateChannel; language: string; subject: string; words: string }) {
  const api = useApi();
  const format = useFormat();
  const typed = useSettled({ subject, words });
  const trial = useQuery({
    queryKey: ["message-trial", matter, channel, language, typed.subject, typed.words],
    queryFn: ({ signal }) => body(api.call.PUT("/api/v1/message-templates/{matter}/{channel}", {
      params: { path: { matter, channel }, query: { preview: true } }, body: { subject: typed.subject, body: typed.words, language }, signal,
    })),
    placeholderData: (before) => before,
    retry: false,
  });
  if (trial.error) return <Notice tone="danger">{sentence(trial.error)}</Notice>;
  const shown = trial.data && "messages" in trial.data ? trial.data : null;
  const sample = shown?.messages?.[0];
  if (!shown || !sample) return null;
  const length = channel === "sms" ? `${sample.text.length} characters, ${sample.segments ?? 1} ${sample.segments === 1 ? "part" : "parts"}` : `${sample.text.length} characters`;
  return (
    <section className="stack-tight" aria-label="On a sample child" aria-live="polite">
      <h2 className="field-label">On a sample child</h2>
      <p className="message-sample">{sample.text}</p>
      <p className="field-hint">{length}{sample.cost ? `, about ${format.money({ amount: sample.cost, currency: "" })} each` : ""}</p>
      {shown.warnings?.map((warning) => <Notice key={warning} tone="warning">{warning}</Notice>)}
    </section>
  );
}

/** The value once it has not changed for a moment. */
function useSettled(value: { subject: string; words: string }) {
  const [settled, setSettled] = useState(value);
  const { subject, words } = value;
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled({ subject, words }), 350);
    return () => window.clearTimeout(timer);
  }, [subject, words]);
  return settled;
}
