import { Check, MapPin, Repeat2, X } from "lucide-react";
import { placeAt } from "./useTimetable";
import { costWords, type Moving, type Place, type Slot } from "./week";

interface TargetProps {
  at: Slot; when: string; moving: Moving;
  onLook?: (at: Slot) => void; onPlace?: (at: Slot) => void; onCancel?: () => void;
}

/** A time the picked-up lesson may be put to: whether it fits there is said before it is tried. */
export function Target({ at, when, moving, onLook, onPlace, onCancel }: TargetProps) {
  const here = at.day === moving.lesson.day && at.period === moving.lesson.period;
  const place = placeAt(moving.places, at);
  const state = here ? "here" : !moving.places ? "wait" : !place ? "none" : place.conflicts.length ? "breaks" : place.others.length ? "way" : "fits";
  const open = state === "fits" || state === "way";
  const look = () => onLook?.(at);
  return (
    <button
      type="button" className={`target target-${state}`} data-target data-day={at.day} data-period={at.period} aria-disabled={!open && !here} disabled={moving.busy}
      tabIndex={moving.looked.day === at.day && moving.looked.period === at.period ? 0 : -1}
      onFocus={look} onMouseEnter={look} onClick={() => { look(); if (here) onCancel?.(); else if (open) onPlace?.(at); }}
      onDragEnter={look} onDragOver={(event) => { if (open) { event.preventDefault(); event.dataTransfer.dropEffect = "move"; } }}
      onDrop={(event) => { event.preventDefault(); onPlace?.(at); }}
    >
      <span className="visually-hidden">{when}: {stateWords(state, place)}</span>
      <Mark state={state} place={place} />
    </button>
  );
}

type State = "here" | "wait" | "none" | "breaks" | "way" | "fits";

const marks: Partial<Record<State, React.ReactNode>> = { here: <MapPin size={13} />, breaks: <X size={13} />, way: <Repeat2 size={13} />, fits: <Check size={13} /> };

function Mark({ state, place }: { state: State; place: Place | undefined }) {
  const number = state === "breaks" ? place?.conflicts.length : place?.others.length;
  const mark = marks[state];
  if (!mark) return null;
  const words = state === "fits" ? costWords(place?.costChange ?? 0) : state === "way" ? `${number} make${number === 1 ? "s" : ""} way` : state === "breaks" ? `breaks ${number}` : "now";
  return <span className="target-mark" aria-hidden="true">{mark} {words}</span>;
}

export function stateWords(state: State, place: Place | undefined): string {
  if (state === "here") return "where it is now";
  if (state === "wait") return "looking";
  if (state === "none" || !place) return "too late in the day for it";
  if (state === "breaks") return `breaks a rule. ${place.conflicts.join(" ")}`;
  const others = place.others.length ? `, ${place.others.join(", ")}` : "";
  return `fits, ${costWords(place.costChange)}${others}`;
}
