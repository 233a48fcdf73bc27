import { Lock } from "lucide-react";
import { hueOf, whole, type Choice, type Lesson, type Moving } from "./week";

interface ChipProps {
  lesson: Lesson; choice: Choice | undefined; tabbable: boolean; moving: Moving | null;
  onPick?: (lesson: Lesson) => void; onFocus: () => void; onDragEnd?: () => void;
}

/** One lesson in the grid: words alone where nothing may be changed, else a button that can also be dragged. */
export function LessonChip({ lesson, choice, tabbable, moving, onPick, onFocus, onDragEnd }: ChipProps) {
  const kind = `lesson lesson-hue-${hueOf(lesson.subject)}${moving?.lesson.key === lesson.key ? " lesson-picked" : ""}`;
  const words = (
    <>
      <span className="lesson-subject">{lesson.subject}{lesson.locked && <Lock size={12} role="img" aria-label="locked" />}</span>
      <span className="lesson-with">{besides(lesson, choice)}</span>
    </>
  );
  if (!onPick) return <div className={kind}>{words}</div>;
  return (
    <button
      type="button" className={kind} draggable={!lesson.locked} data-key={lesson.key} data-day={lesson.day} data-period={lesson.period}
      tabIndex={tabbable && !moving ? 0 : -1} aria-hidden={moving ? true : undefined} onFocus={onFocus} onClick={() => onPick(lesson)}
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", lesson.label);
        event.dataTransfer.effectAllowed = "move";
        // The browser gives a drag up when the grid changes before it has begun.
        setTimeout(() => onPick(lesson));
      }}
      onDragEnd={(event) => { if (event.dataTransfer.dropEffect === "none") onDragEnd?.(); }}
    >
      {words}
    </button>
  );
}

/** What the chosen view does not say already: the teacher of a class's lesson, the class of a teacher's. */
export function besides(lesson: Lesson, choice: Choice | undefined): string {
  const classes = choice?.kind === "class" ? lesson.classArms.filter((name) => whole(name) !== choice.id && name !== choice.id) : lesson.classArms;
  const teachers = choice?.kind === "teacher" ? lesson.teachers.filter((_, at) => lesson.teacherIds[at] !== choice.id) : lesson.teachers;
  const room = choice?.kind === "room" ? null : lesson.room;
  return [classes.join(" + "), teachers.join(" + "), room].filter(Boolean).join(" · ");
}
