/** One week as a table. On a draft, lessons are buttons: arrow keys go between them, Enter or a drag picks one up. */

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { LessonChip } from "./LessonChip";
import { Target } from "./Target";
import { clock, layout, type Cell, type Choice, type Grid, type Lesson, type Moving, type Slot } from "./week";

interface WeekGridProps {
  grid: Grid;
  lessons: Lesson[];
  choice: Choice | undefined;
  /** Present where lessons may be changed. */
  onPick?: (lesson: Lesson) => void;
  moving?: Moving | null;
  onLook?: (at: Slot) => void;
  onPlace?: (at: Slot) => void;
  onCancel?: () => void;
}

export function WeekGrid({ grid, lessons, choice, onPick, moving = null, onLook, onPlace, onCancel }: WeekGridProps) {
  const [shownDay, setShownDay] = useState(today(grid.days.length));
  const table = useRef<HTMLTableElement>(null);
  const rows = layout(grid, lessons, moving !== null);
  const first = lessons.toSorted((a, b) => a.period - b.period || a.day - b.day)[0];
  const [active, setActive] = useState<string | null>(null);
  const activeKey = lessons.some((lesson) => lesson.key === active) ? active : (first?.key ?? null);
  useFocus(table, moving, activeKey);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && moving) return onCancel?.();
    const step = steps[event.key];
    if (!step || !table.current) return;
    const next = neighbour(table.current, event.target as HTMLElement, step);
    if (!next) return;
    event.preventDefault();
    next.focus();
    setShownDay(Number(next.dataset.day));
  }

  return (
    <div className="week">
      <div className="week-days" role="group" aria-label="Day shown">
        {grid.days.map((day, at) => (
          <button key={day} type="button" className="button button-quiet" aria-pressed={shownDay === at + 1} onClick={() => setShownDay(at + 1)}>{day.slice(0, 3)}</button>
        ))}
      </div>
      <div className="week-scroll">
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the buttons inside */}
        <table className={`week-table${moving ? " week-moving" : ""}`} ref={table} onKeyDown={onPick ? onKeyDown : undefined}>
          <caption className="visually-hidden">
            {grid.name}{choice ? `, ${choice.name}` : ""}.{onPick ? " Arrow keys go from lesson to lesson, Enter picks one up and puts it down, Escape leaves it where it was." : ""}
          </caption>
          <thead>
            <tr>
              <th scope="col"><span className="visually-hidden">Time</span></th>
              {grid.days.map((day, at) => <th key={day} scope="col" className={at + 1 === shownDay ? "shown" : ""}>{day}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => {
              const times = grid.periods[at];
              return (
                <tr key={at}>
                  <th scope="row"><span className="figures">{times ? clock(times.beginsAt) : at + 1}</span> <span className="muted figures">{times ? clock(times.endsAt) : ""}</span></th>
                  {row.map((cell) => cell && (
                    <td key={cell.day} rowSpan={cell.span} className={cellClass(cell, cell.day === shownDay)}>
                      <div className="week-cell">
                        {cell.begins.map((lesson) => (
                          <LessonChip
                            key={lesson.key} lesson={lesson} choice={choice} {...(onPick ? { onPick } : {})} tabbable={lesson.key === activeKey} moving={moving}
                            onFocus={() => setActive(lesson.key)} {...(onCancel ? { onDragEnd: onCancel } : {})}
                          />
                        ))}
                        {cell.continues.map((lesson) => <span key={lesson.key} className="lesson-goes-on muted">{lesson.subject}, second part</span>)}
                        {cell.closed && cell.begins.length === 0 && <span className="muted">Closed</span>}
                      </div>
                      {moving && !cell.closed && (
                        <Target at={cell} when={`${grid.days[cell.day - 1]}, ${times ? clock(times.beginsAt) : cell.period}`} moving={moving} {...(onLook ? { onLook } : {})} {...(onPlace ? { onPlace } : {})} {...(onCancel ? { onCancel } : {})} />
                      )}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const cellClass = (cell: Cell, shown: boolean) => [shown ? "shown" : "", cell.closed ? "closed" : "", cell.begins.length + cell.continues.length === 0 ? "free" : ""].filter(Boolean).join(" ");

function today(days: number): number {
  const day = (new Date().getDay() + 6) % 7;
  return day < days ? day + 1 : 1;
}

/** The focus follows the lesson: to the times when it is picked up, back to it when it is put down. */
function useFocus(table: React.RefObject<HTMLTableElement | null>, moving: Moving | null, activeKey: string | null) {
  const was = useRef<string | null>(null);
  const key = moving?.lesson.key ?? null;
  const origin = moving ? `[data-target][data-day="${moving.lesson.day}"][data-period="${moving.lesson.period}"]` : null;
  useEffect(() => {
    if (key && origin && was.current !== key) table.current?.querySelector<HTMLElement>(origin)?.focus({ preventScroll: true });
    if (!key && was.current && activeKey) [...(table.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find((one) => one.dataset.key === activeKey)?.focus({ preventScroll: true });
    was.current = key;
  }, [table, key, origin, activeKey]);
}

const steps: Record<string, { day: number; period: number }> = {
  ArrowLeft: { day: -1, period: 0 }, ArrowRight: { day: 1, period: 0 }, ArrowUp: { day: 0, period: -1 }, ArrowDown: { day: 0, period: 1 },
};

/** The nearest button in the direction of an arrow key. */
export function neighbour(table: HTMLElement, from: HTMLElement, step: Slot): HTMLElement | undefined {
  const buttons = [...table.querySelectorAll<HTMLElement>("[data-day]")].filter((one) => one.getAttribute("aria-hidden") !== "true");
  const here = slotOf(from);
  const column = buttons.filter((one) => slotOf(one).day === here.day);
  if (step.day === 0) return column[column.indexOf(from) + step.period];
  const days = [...new Set(buttons.map((one) => slotOf(one).day))].sort((a, b) => a - b);
  const day = days[days.indexOf(here.day) + step.day];
  const beside = buttons.filter((one) => slotOf(one).day === day);
  return beside.sort((a, b) => Math.abs(slotOf(a).period - here.period) - Math.abs(slotOf(b).period - here.period))[0];
}

const slotOf = (one: HTMLElement): Slot => ({ day: Number(one.dataset.day), period: Number(one.dataset.period) });
