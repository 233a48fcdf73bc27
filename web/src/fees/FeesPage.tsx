/** The term's fees, payments as they come in, and who still owes. Each change is previewed first. */

import "./fees.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { SyntheticEvent } from "react";
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
import { useTitle } from "../shell/useTitle";

/** What the form holds, the empty fields left out. */
function given(event: SyntheticEvent<HTMLFormElement>): Record<string, string> {
  event.preventDefault();
  const fields = [...new FormData(event.currentTarget)].map(([name, value]) => [name, typeof value === "string" ? value.trim() : ""]);
  return Object.fromEntries(fields.filter(([, value]) => value)) as Record<string, string>;
}

export default function FeesPage() {
  useTitle("Fees");
  const api = useApi();
  const { can } = useSession();
  const format = useFormat();
  const queries = useQueryClient();
  const proposal = useProposal();
  const schedule = useQuery({ queryKey: ["fees", "schedule"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/fees", { signal })) });
  const owing = useQuery({ queryKey: ["fees", "owing"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/fee-accounts/owing", { signal })) });
  if (schedule.isPending || owing.isPending) return <div className="page"><SkeletonLines lines={10} label="Loading the fees" /></div>;
  if (schedule.error) return <div className="page"><Notice tone="danger">{sentence(schedule.error)}</Notice></div>;
  if (owing.error) return <div className="page"><Notice tone="danger">{sentence(owing.error)}</Notice></div>;
  const { fees, reminders, currency, term, asked, open } = schedule.data;
  const money = (amount: string | number) => format.money({ amount, currency });
  const accounts = [...owing.data.accounts].sort((one, other) => Number(other.owed) - Number(one.owed));
  const changes = can("fees:write");
  const names = [...new Set(fees.map((one) => one.fee))];
  return (
    <div className="page stack fees">
      <header className="page-head">
        <h1>Fees</h1>
        <p className="muted">{term}: {money(asked)} asked, {money(open)} still open. {format.number(accounts.length)} {accounts.length === 1 ? "student owes" : "students owe"}, {money(owing.data.overdue)} of it overdue.</p>
      </header>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey: ["fees"] })} />
      {changes && (
        <form className="panel fee-form" aria-label="Record a payment" onSubmit={(event) => proposal.propose("record_payment", given(event))}>
          <label className="field fee-wide"><span>Payment from</span><input className="input" name="student" required maxLength={200} placeholder="Student’s name or admission number" /></label>
          <label className="field"><span>Amount, {currency}</span><input className="input" name="amount" required inputMode="decimal" pattern="\d+(\.\d{1,2})?" /></label>
          <label className="field"><span>How</span><input className="input" name="method" maxLength={40} placeholder="Bank transfer" /></label>
          <label className="field"><span>Reference</span><input className="input" name="reference" maxLength={60} /></label>
          <button type="submit" className="button button-primary" disabled={proposal.busy}>Record payment</button>
        </form>
      )}
      <section className="stack" aria-labelledby="fees-of-term">
        <h2 className="section-title" id="fees-of-term">Fees of the term</h2>
        {fees.length === 0 ? <EmptyState title="No fees are set" text="Set the first one below: its name, what it is, and when it is due." /> : (
          <div className="rows table-scroll fee-table" tabIndex={0} role="group" aria-label="Fees of the term">
            <table>
              <thead><tr><th scope="col">Fee</th><th scope="col">For</th><th scope="col" className="align-right">Amount</th><th scope="col">Due</th></tr></thead>
              <tbody>{fees.map((one) => <tr key={`${one.fee} ${one.classArm}`}><td className="strong">{one.fee}</td><td>{one.classArm}</td><td className="align-right">{money(one.amount)}</td><td className="kind-date">{format.date(one.dueOn)}</td></tr>)}</tbody>
            </table>
          </div>
        )}
        {changes && (
          <form className="fee-form" aria-label="Set a fee" onSubmit={(event) => proposal.propose("set_fee", given(event))}>
            <label className="field fee-wide"><span>Fee</span><input className="input" name="fee" required maxLength={60} list="fee-names" placeholder="Tuition" /></label>
            <datalist id="fee-names">{names.map((name) => <option key={name} value={name} />)}</datalist>
            <label className="field"><span>For the whole school, {currency}</span><input className="input" name="amount" required inputMode="decimal" pattern="\d+(\.\d{1,2})?" /></label>
            <label className="field"><span>Due</span><input className="input" name="due" type="date" required /></label>
            <button type="submit" className="button" disabled={proposal.busy}>Set fee</button>
          </form>
        )}
      </section>
      <section className="stack" aria-labelledby="fee-reminders">
        <h2 className="section-title" id="fee-reminders">Reminders</h2>
        <p className="muted">A reminder goes to the guardians of those who still owe on its day. It names the fee, never the sum.</p>
        {reminders.length > 0 && (
          <ul className="rows">
            {reminders.map((one) => (
              <li key={one.id} className="row">
                <span className="row-words"><span className="row-title strong">{one.fee}</span><span className="muted row-text">Goes out on {format.date(one.sendOn)}</span></span>
                {changes && <button type="button" className="button button-quiet" onClick={() => proposal.propose("cancel_fee_reminder", { plan: one.id })} aria-label={`Call off the reminder of ${one.fee}`}>Call off</button>}
              </li>
            ))}
          </ul>
        )}
        {changes && names.length > 0 && (
          <form className="fee-form" aria-label="Plan a reminder" onSubmit={(event) => proposal.propose("schedule_fee_reminder", given(event))}>
            <label className="field fee-wide"><span>Of</span><select className="input" name="fee">{names.map((name) => <option key={name}>{name}</option>)}</select></label>
            <label className="field"><span>On</span><input className="input" name="send_on" type="date" required /></label>
            <button type="submit" className="button" disabled={proposal.busy}>Plan reminder</button>
          </form>
        )}
      </section>
      <section className="stack" aria-labelledby="fees-owing">
        <h2 className="section-title" id="fees-owing">Who still owes</h2>
        {accounts.length === 0 ? <EmptyState title="Nobody owes anything" text="Every fee of the term is paid." /> : (
          <div className="rows table-scroll fee-table" tabIndex={0} role="group" aria-label="Who still owes">
            <table>
              <thead><tr><th scope="col">Student</th><th scope="col">Class</th><th scope="col" className="align-right">Owed</th><th scope="col" className="align-right">Overdue</th></tr></thead>
              <tbody>{accounts.slice(0, 200).map((one) => <tr key={one.studentId}><td className="strong">{one.student}</td><td>{one.classArm}</td><td className="align-right">{money(one.owed)}</td><td className="align-right">{money(one.overdue)}</td></tr>)}</tbody>
            </table>
          </div>
        )}
        {accounts.length > 200 && <p className="muted">And {format.number(accounts.length - 200)} more. Export them, or ask the assistant about a class.</p>}
      </section>
    </div>
  );
}
