/** One timetable: a week by class, teacher or room. A draft can be changed and published here. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CopyPlus, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { isProblem } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { CoverPanel } from "./CoverPanel";
import { DraftWeek } from "./DraftWeek";
import { PublishPanel } from "./PublishPanel";
import { TakeAway } from "./TakeAway";
import { WeekChooser } from "./WeekChooser";
import { WeekGrid } from "./WeekGrid";
import { useGrid } from "./useTimetable";
import { choices, kinds, lessonsOf, type Choice, type Grid, type Lesson } from "./week";

export function TimetablePage({ id }: { id: string }) {
  const found = useGrid(id);
  useTitle(found.data?.name ?? "Timetable");
  if (found.isPending) return <div className="page page-wide"><SkeletonLines lines={10} label="Loading the timetable" /></div>;
  if (found.error) {
    if (isProblem(found.error, "no_timetable_yet")) return <div className="page"><EmptyState heading="h1" title="No timetable yet" text="When one is published, your week is here." /></div>;
    return <div className="page"><h1>Timetable</h1><Notice tone="danger">{sentence(found.error)}</Notice></div>;
  }
  return <Week grid={found.data} />;
}

function Week({ grid }: { grid: Grid }) {
  const { can, user } = useSession();
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const whole = choices(grid.lessons);
  // A guardian or student has lessons of a class only: nobody's whole week as a teacher or in a room.
  const all = can("staff:read") ? whole : { ...whole, teacher: [], room: [] };
  const asked = kinds.map((kind) => all[kind].find((one) => one.id === search.get(kind))).find(Boolean);
  const choice: Choice | undefined = asked ?? all.teacher.find((one) => one.id === user.personId) ?? all.class[0];
  const lessons = choice ? lessonsOf(grid.lessons, choice) : [];
  const writes = can("timetables:write");
  const editable = writes && grid.state === "draft";
  return (
    <div className="page page-wide">
      <header className="page-head">
        {writes && <p className="crumb"><Link to="/timetables">Timetables</Link></p>}
        <div className="title-line"><h1>{grid.name}</h1><StatusBadge status={grid.state} /></div>
        <p className="muted">
          {grid.startsOn && <>In force from {format.date(grid.startsOn)}. </>}
          {writes && <>{grid.hard ? `${grid.hard} rules broken` : "Every rule kept"}; unmet wishes cost {format.number(grid.soft)}.</>}
        </p>
      </header>
      {grid.unplaced.length > 0 && <Notice tone="warning">Not placed: {grid.unplaced.join(", ")}</Notice>}
      {all.class.length === 0 ? <EmptyState title="No lessons" text="There is no lesson for you in this timetable." /> : (
        <>
          <WeekChooser all={all} choice={choice} onChoose={(one) => setSearch({ [one.kind]: one.id }, { replace: true })} />
          {editable ? <DraftWeek grid={grid} lessons={lessons} choice={choice} /> : <WeekGrid grid={grid} lessons={lessons} choice={choice} />}
          <Covers grid={grid} lessons={lessons} choice={choice} />
          {writes && grid.state === "published" && choice?.kind === "teacher" && <CoverPanel key={choice.id} teacher={choice} />}
          <TakeAway key={`${choice?.kind} ${choice?.id}`} grid={grid} choice={choice} />
        </>
      )}
      {editable && <PublishPanel key={grid.version} grid={grid} />}
      {writes && <VersionActions grid={grid} />}
    </div>
  );
}

/** Who stands in for whom this week, in the lessons shown. */
function Covers({ grid, lessons, choice }: { grid: Grid; lessons: Lesson[]; choice: Choice | undefined }) {
  const format = useFormat();
  const shown = (grid.covers ?? []).filter((one) => lessons.some((lesson) => lesson.key === one.lesson) || (choice?.kind === "teacher" && one.cover === choice.name));
  if (shown.length === 0) return null;
  const label = (key: string) => grid.lessons.find((lesson) => lesson.key === key)?.label ?? "";
  return (
    <Notice tone="info">
      <p className="strong">Cover this week</p>
      <ul>{shown.map((one) => <li key={`${one.lesson} ${one.on}`}>{format.date(one.on)}: {one.cover} takes {label(one.lesson)} for {one.absent}</li>)}</ul>
    </Notice>
  );
}

function VersionActions({ grid }: { grid: Grid }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<"remove" | "withdraw" | null>(null);
  const params = { path: { timetable: grid.timetableId } };
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ["timetables"] }), queries.invalidateQueries({ queryKey: ["timetable"] })]);
  const copy = useMutation({ mutationFn: () => api.call.POST("/api/timetable/{timetable}/draft", { params, body: {} }), onSuccess: async () => { await refresh(); await navigate("/timetables"); } });
  const end = useMutation({
    mutationFn: async (what: "remove" | "withdraw") => {
      if (what === "remove") await api.call.DELETE("/api/timetable/{timetable}", { params });
      else await api.call.DELETE("/api/timetable/{timetable}/publication", { params });
      return what;
    },
    onSuccess: async (what) => { if (what === "remove") await navigate("/timetables"); await refresh(); },
  });
  const failed = copy.error ?? end.error;
  return (
    <section className="stack-tight" aria-label="This version">
      <div className="take-away">
        <button type="button" className="button" disabled={copy.isPending} onClick={() => copy.mutate()}><CopyPlus size={15} aria-hidden="true" /> Make a draft from it</button>
        {grid.state === "draft" && <button type="button" className="button" onClick={() => setAsking("remove")}><Trash2 size={15} aria-hidden="true" /> Remove this draft</button>}
        {grid.state === "published" && <button type="button" className="button" onClick={() => setAsking("withdraw")}><Undo2 size={15} aria-hidden="true" /> Withdraw it</button>}
      </div>
      {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      <ConfirmDialog
        open={asking !== null} onOpenChange={(open) => { if (!open) setAsking(null); }} title={asking === "withdraw" ? `Withdraw “${grid.name}”?` : `Remove “${grid.name}”?`}
        text={asking === "withdraw" ? "The timetable published before it counts again, and this becomes a draft. Messages already sent cannot be recalled." : "The draft and its lessons are deleted for good."}
        action={asking === "withdraw" ? "Withdraw it" : "Remove it"} onConfirm={() => { if (asking) end.mutate(asking); }}
      />
    </section>
  );
}
