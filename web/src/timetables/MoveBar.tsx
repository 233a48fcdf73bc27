/** The lesson in hand: what the time looked at would mean, the nearest times that fit, and the way out. */

import { Lock, LockOpen } from "lucide-react";
import { sentence } from "../api/problem";
import { placeAt } from "./useTimetable";
import { clock, costWords, nearest, type Grid, type Lesson, type Moving, type Place, type Slot } from "./week";

interface MoveBarProps {
  grid: Grid; moving: Moving; error: unknown;
  onPlace: (at: Slot) => void; onCancel: () => void; onLock: (lesson: Lesson, locked: boolean) => void;
}

export function MoveBar({ grid, moving, error, onPlace, onCancel, onLock }: MoveBarProps) {
  const { lesson, places, looked } = moving;
  const place = placeAt(places, looked);
  const fitting = nearest((!lesson.locked && places) || [], looked).filter((option) => option !== place).slice(0, 3);
  const nowhere = !lesson.locked && places !== undefined && !places.some((option) => option.conflicts.length === 0);
  return (
    <section className="move-bar" aria-label={`Moving ${lesson.label}`}>
      <header className="move-head">
        <p><span className="strong">{lesson.label}</span> <span className="muted">is on {whenWords(grid, lesson)}{lesson.locked ? ", locked" : ""}</span></p>
        <div className="move-actions">
          <button type="button" className="button button-quiet" onClick={() => onLock(lesson, !lesson.locked)}>
            {lesson.locked ? <LockOpen size={15} aria-hidden="true" /> : <Lock size={15} aria-hidden="true" />} {lesson.locked ? "Unlock" : "Lock here"}
          </button>
          <button type="button" className="button button-quiet" onClick={onCancel}>Leave it</button>
        </div>
      </header>
      {error !== null && error !== undefined && <p className="field-error" role="alert">{sentence(error)}</p>}
      {!error && <div className="move-says">{lesson.locked ? <p>A locked lesson stays where it is. Unlock it to move it.</p> : <Verdict grid={grid} place={place} looked={looked} lesson={lesson} waiting={places === undefined} />}</div>}
      {nowhere && <p>It can go nowhere else without breaking a rule, even if two other lessons make way.</p>}
      {fitting.length > 0 && (
        <div className="move-near">
          <span className="muted">{place?.conflicts.length ? "Nearest times that fit:" : "Other times that fit:"}</span>
          {fitting.map((option) => (
            <button key={option.when} type="button" className="button button-quiet" disabled={moving.busy} onClick={() => onPlace(option)} title={option.others.join("; ")}>
              {whenWords(grid, option)} <span className="muted">{costWords(option.costChange)}{option.others.length ? `, ${option.others.length} make${option.others.length === 1 ? "s" : ""} way` : ""}</span>
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

function Verdict({ grid, place, looked, lesson, waiting }: { grid: Grid; place: Place | undefined; looked: Slot; lesson: Lesson; waiting: boolean }) {
  if (waiting) return <p className="muted">Looking where it could go…</p>;
  const when = whenWords(grid, looked);
  if (looked.day === lesson.day && looked.period === lesson.period) return <p className="muted">Choose a time: by drag, by tap, or with the arrow keys and Enter.</p>;
  if (!place) return <p>{when}: the day ends before the lesson would.</p>;
  if (place.conflicts.length) {
    return (
      <>
        <p className="move-breaks">{when} breaks {place.conflicts.length === 1 ? "a rule" : `${place.conflicts.length} rules`}:</p>
        <ul>{place.conflicts.slice(0, 3).map((words) => <li key={words}>{words}</li>)}</ul>
        {place.conflicts.length > 3 && <p className="muted">and {place.conflicts.length - 3} more.</p>}
      </>
    );
  }
  return (
    <>
      <p className="move-fits">{when} fits and {costWords(place.costChange)}.</p>
      {place.others.length > 0 && <ul>{place.others.map((words) => <li key={words}>{words}</li>)}</ul>}
    </>
  );
}

export function whenWords(grid: Grid, at: Slot): string {
  const times = grid.periods[at.period - 1];
  return `${grid.days[at.day - 1] ?? ""} ${times ? clock(times.beginsAt) : `period ${at.period}`}`;
}
