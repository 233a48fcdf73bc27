/** When messages go: the quiet hours of the night, and the day of the summary. Each change is previewed. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactNode } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal, type Proposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { weekdays } from "./words";

const toTheMinute = (time: string | undefined, otherwise: string) => time?.slice(0, 5) ?? otherwise;

export function Times() {
  const api = useApi();
  const queries = useQueryClient();
  const { school } = useSession();
  const settings = useQuery({ queryKey: ["message-settings"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/message-settings", { signal })) });
  const digest = useQuery({ queryKey: ["digest"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/digest", { signal })) });
  const error = settings.error ?? digest.error;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  if (!settings.data || !digest.data) return <SkeletonLines lines={6} label="Loading the times" />;
  const { quiet } = settings.data;
  const { schoolSends, weekday, at } = digest.data.setting;
  const again = () => Promise.all([queries.invalidateQueries({ queryKey: ["message-settings"] }), queries.invalidateQueries({ queryKey: ["digest"] })]);
  return (
    <div className="stack">
      <p className="muted">Times of day in {school.timeZone.replaceAll("_", " ")}.</p>
      <Change title="Quiet hours" text={quiet ? `Nothing but urgent messages goes out from ${toTheMinute(quiet.begin, "")} to ${toTheMinute(quiet.end, "")}.` : "Messages go out at any hour."} onDone={again}>
        {(proposal, editable) => (
          <Fields
            proposal={proposal} editable={editable} on={quiet !== null} offWords="Have none"
            ask={(form) => proposal.propose("set_quiet_hours", form ? { begin: form.get("begin"), end: form.get("end") } : {})}
          >
            <label className="field"><span>From</span><input className="input" type="time" name="begin" required defaultValue={toTheMinute(quiet?.begin, "21:00")} readOnly={!editable} /></label>
            <label className="field"><span>To</span><input className="input" type="time" name="end" required defaultValue={toTheMinute(quiet?.end, "07:00")} readOnly={!editable} /></label>
          </Fields>
        )}
      </Change>
      <Change title="Summary for guardians" text={schoolSends ? `It goes out every ${weekdays[weekday] ?? ""} at ${toTheMinute(at, "")}, unless a guardian chose otherwise.` : "None is sent, unless a guardian asked for one."} onDone={again}>
        {(proposal, editable) => (
          <Fields
            proposal={proposal} editable={editable} on={schoolSends} offWords="Send none"
            ask={(form) => proposal.propose("set_digest_day", form ? { day: form.get("day"), at: form.get("at") } : {})}
          >
            <label className="field"><span>Day</span>
              <select className="input" name="day" defaultValue={(weekdays[weekday] ?? "Friday").toLowerCase()} disabled={!editable}>
                {weekdays.map((day) => <option key={day} value={day.toLowerCase()}>{day}</option>)}
              </select>
            </label>
            <label className="field"><span>At</span><input className="input" type="time" name="at" required defaultValue={toTheMinute(at, "16:00")} readOnly={!editable} /></label>
          </Fields>
        )}
      </Change>
    </div>
  );
}

interface ChangeProps { title: string; text: string; onDone: () => Promise<unknown>; children: (proposal: Proposal, editable: boolean) => ReactNode }

function Change({ title, text, onDone, children }: ChangeProps) {
  const { can } = useSession();
  const proposal = useProposal();
  return (
    <section className="panel stack-tight" aria-label={title}>
      <h2 className="section-title">{title}</h2>
      <p className="muted">{text}</p>
      {children(proposal, can("deliveries:write"))}
      <ProposalCard proposal={proposal} onDone={() => void onDone()} />
    </section>
  );
}

interface FieldsProps { proposal: Proposal; editable: boolean; on: boolean; offWords: string; ask: (form: FormData | null) => void; children: ReactNode }

/** Fields with the two things that can be asked for: these times, or none at all. */
function Fields({ proposal, editable, on, offWords, ask, children }: FieldsProps) {
  const [touched, setTouched] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask(new FormData(event.currentTarget));
  };
  return (
    <form className="stack-tight" onSubmit={submit} onChange={() => setTouched(true)}>
      <div className="message-times">{children}</div>
      {editable && (
        <div className="button-row">
          <button type="submit" className="button button-primary" disabled={proposal.busy || (on && !touched)}>Preview the change</button>
          {on && <button type="button" className="button button-quiet" disabled={proposal.busy} onClick={() => ask(null)}>{offWords}</button>}
        </div>
      )}
    </form>
  );
}
