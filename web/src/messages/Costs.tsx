/** What a message costs the school, and how its SMS are written. A change is previewed first. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";

const queryKey = ["message-settings"];

export function Costs() {
  const api = useApi();
  const { can } = useSession();
  const queries = useQueryClient();
  const proposal = useProposal();
  const settings = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/message-settings", { signal })) });
  if (settings.isPending) return <SkeletonLines lines={4} label="Loading the costs" />;
  if (settings.error) return <Notice tone="danger">{sentence(settings.error)}</Notice>;
  const { costs } = settings.data;
  const locked = !can("deliveries:write") || proposal.busy;
  return (
    <div className="stack">
      <p className="muted">Every preview counts with these. One letter outside the SMS alphabet, such as ẹ or ₦, makes a segment hold 70 characters, not 160.</p>
      <form
        className="stack" key={JSON.stringify(costs)}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          proposal.propose("set_message_costs", { plain_letters: form.get("letters") === "plain", sms_price: form.get("sms"), whatsapp_price: form.get("whatsapp") });
        }}
      >
        <div className="message-times">
          <label className="field">
            <span>Accents and signs in SMS</span>
            <select className="input" name="letters" defaultValue={costs.plainLetters ? "plain" : "typed"} disabled={locked}>
              <option value="plain">Nearest plain letters</option><option value="typed">As they are typed</option>
            </select>
          </label>
          <label className="field"><span>An SMS segment, {costs.currency}</span><input className="input" name="sms" inputMode="decimal" required pattern="\d+(\.\d{1,4})?" defaultValue={costs.sms} disabled={locked} /></label>
          <label className="field"><span>A WhatsApp message, {costs.currency}</span><input className="input" name="whatsapp" inputMode="decimal" required pattern="\d+(\.\d{1,4})?" defaultValue={costs.whatsapp} disabled={locked} /></label>
        </div>
        {can("deliveries:write") && <div><button type="submit" className="button" disabled={locked}>Change</button></div>}
      </form>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey })} />
    </div>
  );
}
