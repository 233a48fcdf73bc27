import { describe, expect, it } from "vitest";
import { choices, costWords, hueOf, layout, lessonsOf, nearest, type Lesson, type Place } from "./week";

function lesson(key: string, day: number, period: number, rest: Partial<Lesson> = {}): Lesson {
  return { key, day, period, duration: 1, subject: "Mathematics", label: key, classArms: ["JSS 2 Ruby"], classArmIds: ["c1"], teachers: ["Mr Bello"], teacherIds: ["t1"], room: null, locked: false, ...rest };
}
const week = { days: ["Monday", "Tuesday"], periods: [1, 2, 3].map((period) => ({ period, beginsAt: "08:00:00", endsAt: "08:40:00" })), closed: [[2, 3]] };

describe("whose weeks there are", () => {
  const lessons = [lesson("a", 1, 1), lesson("b", 1, 2, { classArms: ["JSS 2 Ruby, French"], teachers: ["Mrs Eze", "Mr Bello"], teacherIds: ["t2", "t1"], room: "Lab" }), lesson("c", 1, 3, { classArms: ["JSS 10 Ruby"] })];

  it("lists classes in the order of their numbers, without the groups they are split into", () => {
    expect(choices(lessons).class.map((one) => one.name)).toEqual(["JSS 2 Ruby", "JSS 10 Ruby"]);
    expect(choices(lessons).teacher.map((one) => one.name)).toEqual(["Mr Bello", "Mrs Eze"]);
  });

  it("gives a class the lessons of its groups, a teacher those taught together, a room its own", () => {
    const of = (kind: "class" | "teacher" | "room", id: string) => lessonsOf(lessons, { kind, id, name: id }).map((one) => one.key);
    expect(of("class", "JSS 2 Ruby")).toEqual(["a", "b"]);
    expect(of("teacher", "t2")).toEqual(["b"]);
    expect(of("room", "Lab")).toEqual(["b"]);
  });
});

describe("the grid", () => {
  it("lets a double lesson reach over two periods, and gives every period a cell when one is being moved", () => {
    const double = [lesson("a", 1, 1, { duration: 2 })];
    const rows = layout(week, double);
    expect(rows[0]?.[0]).toMatchObject({ span: 2, begins: [{ key: "a" }] });
    expect(rows[1]?.[0]).toBeNull();
    const flat = layout(week, double, true);
    expect(flat[1]?.[0]).toMatchObject({ span: 1, begins: [], continues: [{ key: "a" }] });
  });

  it("does not hide a lesson that begins beside a longer one", () => {
    const rows = layout(week, [lesson("a", 1, 1, { duration: 2 }), lesson("b", 1, 2)]);
    expect(rows[0]?.[0]?.span).toBe(1);
    expect(rows[1]?.[0]?.begins.map((one) => one.key)).toEqual(["b"]);
  });

  it("marks closed periods", () => {
    expect(layout(week, [])[2]?.map((cell) => cell?.closed)).toEqual([false, true]);
  });
});

it("offers the nearest times that break nothing, cheaper ones first when as near", () => {
  const place = (day: number, period: number, rest: Partial<Place> = {}): Place => ({ day, period, when: "", others: [], costChange: 0, conflicts: [], ...rest });
  const places = [place(5, 1), place(1, 1, { conflicts: ["no"] }), place(1, 3, { costChange: 2 }), place(1, 1, { costChange: 1 }), place(2, 2)];
  expect(nearest(places, { day: 1, period: 2 }, 3)).toEqual([places[3], places[2], places[4]]);
});

it("says costs in words, and keeps a subject's hue", () => {
  expect([costWords(0), costWords(2.5), costWords(-3)]).toEqual(["costs nothing", "costs 2.5", "saves 3"]);
  expect(hueOf("Physics")).toBe(hueOf("Physics"));
});
