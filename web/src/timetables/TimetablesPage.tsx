/** Every version of the timetable for those who make it; for everybody else the week in force. */

import { CalendarPlus2, FileUp } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { ImportTimetable } from "./ImportTimetable";
import { MakeTimetable } from "./MakeTimetable";
import { SolveProgress } from "./SolveProgress";
import { ComparePage } from "./ComparePage";
import { TimetablePage } from "./TimetablePage";
import { useTimetables } from "./useTimetable";
import "./timetable.css";

type Item = components["schemas"]["TimetableItem"];

export default function TimetablesPage() {
  const { can } = useSession();
  const { timetableId } = useParams();
  if (timetableId === "compare") return <ComparePage />;
  return timetableId === undefined && can("timetables:write") ? <Versions /> : <TimetablePage id={timetableId ?? "current"} />;
}

function Versions() {
  useTitle("Timetables");
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const [importing, setImporting] = useState(false);
  const [begun, setBegun] = useState<string[]>([]);
  const [compared, setCompared] = useState<string[]>([]);
  const list = useTimetables(true);
  const items = list.data?.timetables ?? [];
  const watched = [...new Set([...items.filter((one) => one.state === "solving").flatMap((one) => one.jobId ?? []), ...begun])];
  const whole = items.filter((one) => one.state === "draft" || one.state === "published");
  const chosen = compared.filter((id) => whole.some((one) => one.timetableId === id));
  return (
    <div className="page page-wide">
      <header className="page-head page-head-row">
        <div className="page-head">
          <h1>Timetables</h1>
          <p className="muted">Drafts to try things in, and the one in force.</p>
        </div>
        <div className="take-away">
          <button type="button" className="button" aria-expanded={importing} onClick={() => setImporting(!importing)}><FileUp size={16} aria-hidden="true" /> From a file</button>
          <button type="button" className="button button-primary" aria-expanded={making} onClick={() => setMaking(!making)}><CalendarPlus2 size={16} aria-hidden="true" /> Make a timetable</button>
        </div>
      </header>
      {making && <MakeTimetable timetables={items} onBegun={(job) => { setBegun((all) => [...all, job]); setMaking(false); }} />}
      {importing && <ImportTimetable />}
      <div className="stack" aria-live="polite">{watched.map((job) => <SolveProgress key={job} jobId={job} />)}</div>
      {list.isPending && <SkeletonLines lines={6} label="Loading timetables" />}
      {list.error && <Notice tone="danger">{sentence(list.error)}</Notice>}
      {list.isSuccess && items.length === 0 && <EmptyState title="No timetable yet" text="Make one from who teaches what; it takes half a minute, and nothing is published before you say so." />}
      {items.length > 0 && (
        <ul className="rows">
          {items.map((one) => (
            <TimetableRow
              key={one.timetableId} item={one} compared={chosen.includes(one.timetableId)}
              {...(whole.length > 1 && whole.includes(one) ? { onCompare: (on: boolean) => setCompared(on ? [...chosen, one.timetableId].slice(-2) : chosen.filter((id) => id !== one.timetableId)) } : {})}
            />
          ))}
        </ul>
      )}
      {whole.length > 1 && (
        <div className="take-away">
          <button type="button" className="button" disabled={chosen.length !== 2} onClick={() => void navigate(`/timetables/compare?first=${chosen[0]}&second=${chosen[1]}`)}>Compare the two chosen</button>
          {chosen.length < 2 && <span className="muted">Tick two timetables to compare them.</span>}
        </div>
      )}
    </div>
  );
}

function TimetableRow({ item, compared, onCompare }: { item: Item; compared: boolean; onCompare?: (on: boolean) => void }) {
  const format = useFormat();
  const ready = item.state === "draft" || item.state === "published";
  const facts = [
    item.startsOn && `in force from ${format.date(item.startsOn)}`,
    ready && (item.hard ? `${item.hard} rules broken` : "every rule kept"),
    ready && `unmet wishes cost ${format.number(item.soft)}`,
  ].filter(Boolean).join(" · ");
  return (
    <li className="row">
      {onCompare && <input type="checkbox" className="compare-box" checked={compared} onChange={(event) => onCompare(event.target.checked)} aria-label={`Compare ${item.name}`} />}
      <span className="row-words">
        {ready ? <Link className="row-title strong" to={`/timetables/${item.timetableId}`}>{item.name}</Link> : <span className="row-title strong">{item.name}</span>}
        <span className="muted row-text">{facts || `asked for ${format.ago(item.createdAt)}`}</span>
      </span>
      {item.inForce ? <StatusBadge status="published" label="In force" /> : <StatusBadge status={item.state} />}
    </li>
  );
}
