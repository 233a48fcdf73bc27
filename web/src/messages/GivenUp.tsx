/** Messages that were given up after every attempt, with the provider's reason; all or some are sent again. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { channelTitles } from "./words";

const queryKey = ["deliveries", "given up"];

export function GivenUp() {
  const api = useApi();
  const { can } = useSession();
  const format = useFormat();
  const queries = useQueryClient();
  const proposal = useProposal();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/deliveries", { params: { query: { state: "dead", limit: 200 } }, signal })) });
  if (list.isPending) return <SkeletonLines lines={5} label="Loading the messages" />;
  if (list.error) return <Notice tone="danger">{sentence(list.error)}</Notice>;
  const lines = list.data.deliveries;
  if (lines.length === 0) return <EmptyState title="Nothing was given up" text="Every message reached its network, or says why not in the delivery log." />;
  const toggle = (id: string) => setChosen((now) => { const next = new Set(now); if (!next.delete(id)) next.add(id); return next; });
  return (
    <div className="stack">
      <p className="muted">Look at the reasons first. When the provider works again, send them once more.</p>
      <div className="rows table-scroll" tabIndex={0} role="group" aria-label="Messages that were given up">
        <table>
          <thead><tr><th scope="col">To</th><th scope="col">Message</th><th scope="col">By</th><th scope="col">Reason</th><th scope="col">Queued</th></tr></thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row"><label className="choice-line"><input type="checkbox" checked={chosen.has(line.id)} onChange={() => toggle(line.id)} /> {line.who}</label></th>
                <td>{line.title}</td><td>{channelTitles[line.channel] ?? line.channel}</td><td>{line.reason}</td><td>{format.dateTime(line.queuedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {can("deliveries:write") && (
        <div className="button-row">
          <button type="button" className="button button-primary" disabled={proposal.busy} onClick={() => proposal.propose("replay_messages", { deliveries: [...chosen] })}>
            {chosen.size === 0 ? `Send all ${lines.length} again` : `Send ${chosen.size} again`}
          </button>
        </div>
      )}
      <ProposalCard proposal={proposal} onDone={() => { setChosen(new Set()); void queries.invalidateQueries({ queryKey }); }} />
    </div>
  );
}
