import { Check, Circle, CircleDashed } from "lucide-react";
import type { ClassReports } from "../api/types";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";

/** The approval chain of one class: who signed when, and what is due. */
export function ChainSteps({ reports }: { reports: ClassReports }) {
  const format = useFormat();
  const released = Boolean(reports.releasedOn);
  return (
    <ol className="chain" aria-label="Approval chain">
      {reports.steps.map((step) => {
        const due = step.words === reports.nextStep;
        return (
          <li key={step.step} className={step.at ? "chain-done" : due ? "chain-due" : ""}>
            {step.at ? <Check size={16} aria-hidden="true" /> : due ? <CircleDashed size={16} aria-hidden="true" /> : <Circle size={16} aria-hidden="true" />}
            <span>
              <span className="chain-step">{step.words.charAt(0).toUpperCase() + step.words.slice(1)}</span>
              <span className="muted">{step.at ? `${step.by}, ${format.dateTime(step.at)}` : due ? "due now" : "later"}</span>
            </span>
          </li>
        );
      })}
      <li className={released ? "chain-done" : ""}>
        {released ? <Check size={16} aria-hidden="true" /> : <Circle size={16} aria-hidden="true" />}
        <span>
          <span className="chain-step">Guardians</span>
          <span className="muted">{reports.releasedOn ? `${reports.visible ? "since" : "from"} ${format.date(reports.releasedOn)}` : "not released"}</span>
        </span>
      </li>
    </ol>
  );
}

export function StateBadge({ reports }: { reports: ClassReports }) {
  const format = useFormat();
  if (reports.releasedOn) return <StatusBadge status={reports.visible ? "succeeded" : "queued"} label={reports.visible ? "Released" : `Out on ${format.date(reports.releasedOn)}`} />;
  if (reports.returned && reports.nextStep) return <StatusBadge status="pending" label="Returned" />;
  return reports.nextStep ? <StatusBadge status="pending" label={`Waits for the ${reports.nextStep}`} /> : <StatusBadge status="running" label="Approved" />;
}
