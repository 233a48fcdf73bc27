/** A teacher is away on a day: who could take each lesson, then cover arranged, with its preview, or taken back. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { UserX } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { clock, type Choice } from "./week";

type Plan = components["schemas"]["CoverPlan"];
type Needed = Plan["lessons"][number];

export function CoverPanel({ teacher }: { teacher: Choice }) {
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState("");
  const region = useId();
  const panel = useRef<HTMLDivElement>(null);
  const day = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) day.current?.focus({ preventScroll: true });
  }, [open]);
  // The panel opens below a whole week: it comes into view at once, and again when its lessons are there.
  // A promise in newer browsers: it must not become an effect's way to clean up.
  const show = () => { void panel.current?.scrollIntoView({ block: "start" }); };
  return (
    <section className="cover" aria-label="Absence">
      <button type="button" className="button" aria-expanded={open} aria-controls={region} onClick={() => setOpen(!open)}>
        <UserX size={15} aria-hidden="true" /> {teacher.name} is away…
      </button>
      {open && (
        <div className="panel cover-plan" id={region} ref={panel}>
          <label className="field">
            <span>Away on</span>
            <input ref={day} className="input" type="date" value={on} onChange={(event) => setOn(event.target.value)} aria-describedby={`${region}-hint`} />
          </label>
          <p className="field-hint" id={`${region}-hint`}>Empty means today.</p>
          <CoverDay key={`${teacher.id} ${on}`} teacher={teacher} asked={on} onShown={show} />
        </div>
      )}
    </section>
  );
}

function CoverDay({ teacher, asked, onShown }: { teacher: Choice; asked: string; onShown: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const proposal = useProposal();
  const [by, setBy] = useState("");
  const [left, setLeft] = useState<number[]>([]);
  const plan = useQuery({
    queryKey: ["timetable-cover", teacher.id, asked],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable/cover", { params: { query: { teacher: teacher.id, ...(asked ? { on: asked } : {}) } }, signal })),
    retry: false,
  });
  const shown = useRef(onShown);
  useEffect(() => shown.current(), [plan.isPending]);
  if (plan.isPending) return <SkeletonLines lines={4} label="Looking who is free" />;
  if (plan.error) return <Notice tone="danger">{sentence(plan.error)}</Notice>;
  const { lessons, on } = plan.data;
  if (lessons.length === 0) return <p className="muted">{teacher.name} has no lessons on {format.date(on)}: nothing to cover.</p>;
  const chosen = lessons.filter((lesson) => !left.includes(lesson.period) && offered(lesson, by));
  const arranged = lessons.filter((lesson) => lesson.coveredBy);
  const some = chosen.length < lessons.length ? { periods: chosen.map((lesson) => lesson.period) } : {};
  const arrange = () => proposal.propose("set_cover", { teacher: teacher.id, on, ...(by ? { by } : {}), ...some });
  const changed = () => {
    void queries.invalidateQueries({ queryKey: ["timetable-cover"] });
    void queries.invalidateQueries({ queryKey: ["timetable"] });
  };
  return (
    <>
      <label className="field">
        <span>Covered by</span>
        <select className="input" value={by} onChange={(event) => setBy(event.target.value)}>
          <option value="">The best fitting colleague for each lesson</option>
          {colleagues(lessons).map((one) => <option key={one.id} value={one.id}>{one.name}, free for {one.free} of {lessons.length}</option>)}
        </select>
      </label>
      <ul className="cover-lessons">
        {lessons.map((lesson) => (
          <CoverRow
            key={lesson.lesson} lesson={lesson} by={by} taken={!left.includes(lesson.period)}
            onTake={(taken) => setLeft(taken ? left.filter((one) => one !== lesson.period) : [...left, lesson.period])}
          />
        ))}
      </ul>
      <div className="take-away">
        <button type="button" className="button button-primary" disabled={chosen.length === 0 || proposal.busy} onClick={arrange}>
          Arrange cover for {chosen.length === 1 ? "1 lesson" : `${chosen.length} lessons`}…
        </button>
        {arranged.length > 0 && (
          <button type="button" className="button" disabled={proposal.busy} onClick={() => proposal.propose("remove_cover", { teacher: teacher.id, on })}>
            Take the cover back…
          </button>
        )}
      </div>
      <p className="field-hint">You see who is told before anything is sent.</p>
      <ProposalCard proposal={proposal} onDone={changed} />
    </>
  );
}

function CoverRow({ lesson, by, taken, onTake }: { lesson: Needed; by: string; taken: boolean; onTake: (taken: boolean) => void }) {
  const one = offered(lesson, by);
  const who = lesson.coveredBy ? `${lesson.coveredBy} takes it` : one ? `${one.name}: ${one.why}` : by ? "not free then" : "nobody is free then";
  return (
    <li>
      <label className="cover-lesson">
        <input type="checkbox" checked={taken && one !== undefined} disabled={one === undefined} onChange={(event) => onTake(event.target.checked)} />
        <span className="figures">{clock(lesson.beginsAt)}</span>
        <span className="strong">{lesson.label}</span>
        <span className={one || lesson.coveredBy ? "muted" : "cover-open"}>{who}</span>
      </label>
    </li>
  );
}

const offered = (lesson: Needed, by: string) => (by ? lesson.options.find((option) => option.teacherId === by) : lesson.options[0]);

/** Everybody who could take some of the lessons, those free for most of them first. */
function colleagues(lessons: Needed[]): { id: string; name: string; free: number }[] {
  const found = new Map<string, { id: string; name: string; free: number }>();
  for (const option of lessons.flatMap((lesson) => lesson.options)) {
    const one = found.get(option.teacherId) ?? { id: option.teacherId, name: option.name, free: 0 };
    found.set(option.teacherId, { ...one, free: one.free + 1 });
  }
  return [...found.values()].sort((a, b) => b.free - a.free || a.name.localeCompare(b.name, "en"));
}
