/** A draft's week, to be changed: one lesson in hand at a time, conflicts shown before anything is done, undo after. */

import { Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { MoveBar } from "./MoveBar";
import { WeekGrid } from "./WeekGrid";
import { useChanges, usePlaces, type Changed } from "./useTimetable";
import type { Choice, Grid, Lesson, Moving, Slot } from "./week";

export function DraftWeek({ grid, lessons, choice }: { grid: Grid; lessons: Lesson[]; choice: Choice | undefined }) {
  const [picked, setPicked] = useState<string | null>(null);
  const [looked, setLooked] = useState<Slot>({ day: 1, period: 1 });
  const [last, setLast] = useState<Changed | null>(null);
  const lesson = grid.lessons.find((one) => one.key === picked) ?? null;
  const places = usePlaces(grid, lesson);
  const { move, lock, undo } = useChanges(grid);
  useEffect(() => setPicked(null), [choice?.kind, choice?.id]);

  const moving: Moving | null = lesson && { lesson, places: places.data?.places, looked, busy: move.isPending };
  const pick = (one: Lesson) => {
    move.reset();
    setPicked(one.key);
    setLooked({ day: one.day, period: one.period });
  };
  const place = (to: Slot) => {
    if (!lesson) return;
    move.mutate({ lesson, to: { day: to.day, period: to.period } }, { onSuccess: (changed) => { setLast(changed); setPicked(null); } });
  };
  const error = move.error ?? lock.error ?? (lesson?.locked ? null : places.error);
  return (
    <>
      <WeekGrid
        grid={grid} lessons={lessons} choice={choice} onPick={pick} moving={lesson?.locked ? null : moving} onLook={setLooked} onPlace={place} onCancel={() => setPicked(null)}
      />
      <div className="move-dock" aria-live="polite">
        {moving && <MoveBar grid={grid} moving={moving} error={error} onPlace={place} onCancel={() => setPicked(null)} onLock={(one, locked) => lock.mutate({ lesson: one, locked }, { onSuccess: setLast })} />}
        {!moving && last && (
          <Notice
            tone="success"
            action={last.auditId && (
              <button
                type="button" className="button button-quiet" disabled={undo.isPending}
                onClick={() => undo.mutate(last.auditId ?? "", { onSuccess: () => setLast({ message: "Undone: it is as it was.", auditId: null }) })}
              >
                <Undo2 size={15} aria-hidden="true" /> Undo
              </button>
            )}
          >
            {undo.error ? sentence(undo.error) : last.message}
          </Notice>
        )}
      </div>
    </>
  );
}
