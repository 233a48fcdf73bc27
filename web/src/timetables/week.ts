/** A week as a grid: whose lessons, which cell each is in, and how far it reaches. No React, no requests. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type Grid = Omit<Schemas["TimetableGrid"], "closed"> & { closed: number[][] };
export type Lesson = Schemas["LessonCell"];
export type Place = Schemas["LessonPlace"];
export interface Slot { day: number; period: number }

export const kinds = ["class", "teacher", "room"] as const;
export type Kind = (typeof kinds)[number];
export interface Choice { kind: Kind; id: string; name: string }

/** Whose weeks there are. A group such as "JSS 1 Ruby, French" belongs to its class and is no choice of its own. */
export function choices(lessons: Lesson[]): Record<Kind, Choice[]> {
  const groups = new Set(lessons.flatMap((lesson) => lesson.classArms));
  const classes = [...groups].filter((group) => !groups.has(whole(group)) || whole(group) === group);
  const teachers = new Map(lessons.flatMap((lesson) => lesson.teacherIds.map((id, at) => [id, lesson.teachers[at] ?? id] as const)));
  const rooms = new Set(lessons.flatMap((lesson) => (lesson.room ? [lesson.room] : [])));
  return {
    class: sorted(classes.map((name) => ({ kind: "class", id: name, name }))),
    teacher: sorted([...teachers].map(([id, name]) => ({ kind: "teacher", id, name }))),
    room: sorted([...rooms].map((name) => ({ kind: "room", id: name, name }))),
  };
}

export const whole = (group: string) => (group.includes(", ") ? group.slice(0, group.lastIndexOf(", ")) : group);
const sorted = (list: Choice[]) => list.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));

export function lessonsOf(lessons: Lesson[], choice: Choice): Lesson[] {
  return lessons.filter((lesson) => {
    if (choice.kind === "teacher") return lesson.teacherIds.includes(choice.id);
    if (choice.kind === "room") return lesson.room === choice.id;
    return lesson.classArms.some((group) => group === choice.id || whole(group) === choice.id);
  });
}

export interface Cell extends Slot { span: number; closed: boolean; begins: Lesson[]; continues: Lesson[] }

/** The cells of each period, day by day; null where a longer lesson above reaches into it. `flat` gives every slot a cell. */
export function layout(grid: Pick<Grid, "days" | "periods" | "closed">, lessons: Lesson[], flat = false): (Cell | null)[][] {
  const closed = new Set(grid.closed.map(([day, period]) => `${day}.${period}`));
  const rows: (Cell | null)[][] = grid.periods.map(() => []);
  for (let day = 1; day <= grid.days.length; day++) {
    let covered = 0;
    for (let period = 1; period <= grid.periods.length; period++) {
      const row = rows[period - 1] ?? [];
      if (covered > 0) {
        covered--;
        row.push(null);
        continue;
      }
      const begins = lessons.filter((lesson) => lesson.day === day && lesson.period === period);
      const continues = lessons.filter((lesson) => lesson.day === day && lesson.period < period && period < lesson.period + lesson.duration);
      const span = flat ? 1 : spanOf(begins, continues, lessons, { day, period });
      covered = span - 1;
      row.push({ day, period, span, closed: closed.has(`${day}.${period}`), begins, continues });
    }
  }
  return rows;
}

function spanOf(begins: Lesson[], continues: Lesson[], lessons: Lesson[], at: Slot): number {
  const length = begins[0]?.duration ?? 1;
  const alike = continues.length === 0 && begins.every((lesson) => lesson.duration === length);
  const disturbed = lessons.some((lesson) => lesson.day === at.day && lesson.period > at.period && lesson.period < at.period + length);
  return alike && !disturbed ? length : 1;
}

/** Where a lesson fits, nearest first: close in the week, then with few others moved, then cheap. */
export function nearest(places: Place[], to: Slot, most = 4): Place[] {
  const far = (place: Place) => Math.abs(place.day - to.day) * 3 + Math.abs(place.period - to.period);
  return places
    .filter((place) => place.conflicts.length === 0)
    .sort((a, b) => far(a) - far(b) || a.others.length - b.others.length || a.costChange - b.costChange)
    .slice(0, most);
}

export function costWords(change: number): string {
  const amount = Math.abs(Math.round(change * 100) / 100);
  return amount === 0 ? "costs nothing" : change > 0 ? `costs ${amount}` : `saves ${amount}`;
}

export const clock = (time: string) => time.slice(0, 5);

/** One of five quiet hues for a subject, the same on every page. */
export function hueOf(subject: string): number {
  let sum = 0;
  for (const letter of subject) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  return sum % 5;
}

/** A lesson that is being moved: where it may go, and the place looked at. */
export interface Moving { lesson: Lesson; places: Place[] | undefined; looked: Slot; busy: boolean }
