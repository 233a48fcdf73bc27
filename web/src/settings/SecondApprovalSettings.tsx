/** Four eyes: the actions that somebody else than the asker has to approve. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { Capability } from "../api/types";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";

const queryKey = ["second-approval"];

export function SecondApprovalSettings() {
  const api = useApi();
  const rule = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/second-approval", { signal })) });
  const offered = useQuery({ queryKey: ["capabilities"], queryFn: ({ signal }) => body(api.call.GET("/api/capabilities", { signal })), staleTime: 600_000 });
  const error = rule.error ?? offered.error;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  if (!rule.data || !offered.data) return <SkeletonLines lines={8} label="Loading the rule" />;
  const actions = offered.data.items.filter((one) => one.effect !== "read");
  return <RuleForm key={rule.data.capabilities.join()} kept={rule.data.capabilities} actions={actions} />;
}

function RuleForm({ kept, actions }: { kept: string[]; actions: Capability[] }) {
  const proposal = useProposal();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(() => new Set(kept));
  const [search, setSearch] = useState("");
  const same = chosen.size === kept.length && kept.every((name) => chosen.has(name));
  const words = search.trim().toLowerCase();
  const matches = (one: Capability) => !words || `${one.title} ${one.summary}`.toLowerCase().includes(words);
  const toggle = (name: string) => setChosen((now) => { const next = new Set(now); if (!next.delete(name)) next.add(name); return next; });
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); proposal.propose("set_second_approval", { capabilities: [...chosen] }); }}>
      <p className="muted">Whoever asks for one of these cannot approve it: somebody else with the same right has to. It appears under their Approvals.</p>
      <input className="input" type="search" aria-label="Search the actions" placeholder="Search the actions" value={search} onChange={(event) => setSearch(event.target.value)} />
      {(["send", "write"] as const).map((effect) => {
        const shown = actions.filter((one) => one.effect === effect && matches(one));
        if (shown.length === 0) return null;
        return (
          <fieldset key={effect} className="panel stack-tight">
            <legend className="section-title">{effect === "send" ? "Reaches people outside" : "Changes the records"}</legend>
            <div className="scopes scopes-tall">
              {shown.map((one) => (
                <label key={one.name} className="choice-line" title={one.summary}><input type="checkbox" checked={chosen.has(one.name)} onChange={() => toggle(one.name)} /> {one.title}</label>
              ))}
            </div>
          </fieldset>
        );
      })}
      <div className="button-row">
        <button type="submit" className="button button-primary" disabled={same || proposal.busy}>{proposal.busy ? "Looking…" : "Preview the change"}</button>
        <span className="muted row-text">{chosen.size === 0 ? "None chosen" : `${chosen.size} chosen`}</span>
      </div>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey })} />
    </form>
  );
}
