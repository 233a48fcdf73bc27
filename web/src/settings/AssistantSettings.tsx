/** The assistant, for those who run the school: who uses it, what its models take and may take, and what people thought. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { TableBlockView } from "../blocks/TableBlock";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";

type Allowance = components["schemas"]["Allowance"];

const usageKey = ["assistant-usage"];
const days = 30;

export function AssistantSettings() {
  const api = useApi();
  const { can } = useSession();
  const format = useFormat();
  const usage = useQuery({ queryKey: usageKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/assistant/usage", { params: { query: { days } }, signal })) });
  const feedback = useQuery({ queryKey: ["assistant-feedback"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/assistant/feedback", { signal })) });
  const error = usage.error ?? feedback.error;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  if (!usage.data || !feedback.data) return <SkeletonLines lines={8} label="Loading the assistant's usage" />;
  const { lines, allowed, tokensToday, dollarsThisMonth } = usage.data;
  return (
    <div className="stack">
      <section className="panel stack-tight">
        <h2 className="section-title">Used in the last {days} days</h2>
        {lines.length === 0 ? <p className="muted">Nobody has asked the assistant anything yet.</p> : (
          <TableBlockView block={{
            type: "table", title: "By person",
            columns: [
              { key: "who", label: "Who", kind: "person" }, { key: "answers", label: "Answers", kind: "number" },
              { key: "calls", label: "Tool calls", kind: "number" }, { key: "hosted", label: "Hosted model", kind: "number" },
              { key: "tokens", label: "Tokens", kind: "number" }, { key: "dollars", label: "US dollars", kind: "number" },
            ],
            rows: lines.map((line) => ({ ...line, dollars: Number(line.dollars) })),
          }} />
        )}
        <p className="muted">{format.number(tokensToday)} tokens today and {format.money({ amount: dollarsThisMonth, currency: "USD" })} this month. Models of the school's own have no listed price.</p>
      </section>
      {can("school:write") && <AllowanceForm key={JSON.stringify(allowed)} kept={allowed} />}
      <section className="panel stack-tight">
        <h2 className="section-title">What people thought of its answers</h2>
        {feedback.data.lines.length === 0 ? <p className="muted">No answer was rated yet. A thumb under an answer lands here with its reason.</p> : (
          <TableBlockView block={{
            type: "table", title: "Rated answers",
            columns: [
              { key: "at", label: "When", kind: "datetime" }, { key: "who", label: "Who", kind: "person" },
              { key: "rating", label: "Thumb", kind: "status" }, { key: "said", label: "Asked" }, { key: "reason", label: "Reason" },
            ],
            rows: feedback.data.lines.map((line) => ({ ...line })),
          }} />
        )}
      </section>
    </div>
  );
}

function AllowanceForm({ kept }: { kept: Allowance }) {
  const proposal = useProposal();
  const queries = useQueryClient();
  const [person, setPerson] = useState(String(kept.tokensPerPerson));
  const [school, setSchool] = useState(String(kept.tokensPerSchool));
  const [dollars, setDollars] = useState(kept.dollarsPerMonth ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    proposal.propose("set_assistant_allowance", {
      tokens_per_person: Number(person), tokens_per_school: Number(school), dollars_per_month: dollars === "" ? null : dollars, no_dollar_limit: dollars === "",
    });
  };
  return (
    <form className="panel stack-tight" onSubmit={submit} aria-label="Allowance of hosted models">
      <h2 className="section-title">Allowance of hosted models</h2>
      <p className="muted">Past it the built-in planner answers, until midnight or the end of the month.</p>
      <div className="field-row">
        <label className="field"><span>Tokens a person a day</span><input className="input" type="number" min={0} step={1} required value={person} onChange={(event) => setPerson(event.target.value)} /></label>
        <label className="field"><span>Tokens of the school a day</span><input className="input" type="number" min={0} step={1} required value={school} onChange={(event) => setSchool(event.target.value)} /></label>
        <label className="field"><span>US dollars a month</span><input className="input" type="number" min={0} step="0.01" placeholder="No limit" value={dollars} onChange={(event) => setDollars(event.target.value)} /></label>
      </div>
      <div className="button-row"><button type="submit" className="button button-primary" disabled={proposal.busy}>{proposal.busy ? "Looking…" : "Preview the change"}</button></div>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey: usageKey })} />
    </form>
  );
}
