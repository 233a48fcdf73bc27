/** Which channels each kind of message uses, for guardians, staff and students. The first that fits a person is used. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { channelTitles, matters } from "./words";

const queryKey = ["message-settings"];
const roles = [{ whom: "guardian", title: "Guardians" }, { whom: "staff", title: "Staff" }, { whom: "student", title: "Students" }];
const orders = ["whatsapp,sms,email", "sms,email", "sms", "whatsapp,sms", "whatsapp", "email", "email,sms", ""];
const titleOf = (order: string) => (order ? order.split(",").map((one) => channelTitles[one] ?? one).join(" › ") : "Portal only");

export function ChannelTable() {
  const api = useApi();
  const { can } = useSession();
  const queries = useQueryClient();
  const proposal = useProposal();
  const settings = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/message-settings", { signal })) });
  if (settings.isPending) return <SkeletonLines lines={8} label="Loading the channels" />;
  if (settings.error) return <Notice tone="danger">{sentence(settings.error)}</Notice>;
  const kept = (matter: string, whom: string) => settings.data.orders.find((one) => one.matter === matter && one.whom === whom)?.channels.join(",") ?? "";
  return (
    <div className="stack">
      <p className="muted">Each person's own choice comes first. When a message surely failed on one channel, the next one is used.</p>
      <div className="rows table-scroll preferences message-channels" tabIndex={0} role="group" aria-label="Channels of each message">
        <table>
          <thead><tr><th scope="col">Message</th>{roles.map((role) => <th key={role.whom} scope="col">{role.title}</th>)}</tr></thead>
          <tbody>
            {matters.map(({ matter, title }) => (
              <tr key={matter}>
                <th scope="row">{title}</th>
                {roles.map(({ whom, title: role }) => {
                  const now = kept(matter, whom);
                  return (
                    <td key={whom} data-label={role}>
                      <select
                        className="input" aria-label={`${title}, ${role.toLowerCase()}`} value={now} disabled={!can("deliveries:write") || proposal.busy}
                        onChange={(event) => proposal.propose("set_message_channels", { matter, whom, channels: event.target.value ? event.target.value.split(",") : [] })}
                      >
                        {(orders.includes(now) ? orders : [now, ...orders]).map((order) => <option key={order} value={order}>{titleOf(order)}</option>)}
                      </select>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey })} />
    </div>
  );
}
