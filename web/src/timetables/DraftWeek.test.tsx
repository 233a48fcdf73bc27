import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { DraftWeek } from "./DraftWeek";
import type { Grid, Lesson } from "./week";

const lesson = (key: string, day: number, period: number): Lesson => ({
  key, day, period, duration: 1, subject: key, label: `JSS 2 Ruby ${key}`, classArms: ["JSS 2 Ruby"], classArmIds: ["c"], teachers: ["Mr Bello"], teacherIds: ["t"], room: null, locked: false,
});
const grid: Grid = {
  timetableId: "11111111-1111-1111-1111-111111111111", name: "Plan", state: "draft", version: 3, startsOn: null, of: "whole school", hard: 0, soft: 4, unplaced: [], covers: [], closed: [],
  days: ["Monday", "Tuesday"], periods: [1, 2].map((period) => ({ period, beginsAt: `0${7 + period}:00:00`, endsAt: `0${7 + period}:40:00` })), lessons: [lesson("Maths", 1, 1), lesson("Art", 2, 1)],
};
const places = {
  timetableId: grid.timetableId, version: 3, lesson: "Maths", label: "JSS 2 Ruby Maths", now: "Monday period 1",
  places: [
    { day: 1, period: 2, when: "Monday period 2", others: [], costChange: -2, conflicts: [] },
    { day: 2, period: 1, when: "Tuesday period 1", others: [], costChange: 0, conflicts: ["Mr Bello has two lessons at once."] },
    { day: 2, period: 2, when: "Tuesday period 2", others: ["JSS 2 Ruby Art to Monday period 1"], costChange: 1, conflicts: [] },
  ],
};
const fetching = vi.fn<typeof fetch>();
const moves = () => fetching.mock.calls.filter(([path]) => (path as string).endsWith("/move")).map(([, init]) => JSON.parse(init?.body as string) as unknown);

beforeEach(() => {
  fetching.mockReset();
  vi.stubGlobal("fetch", fetching);
  fetching.mockImplementation((path) => Promise.resolve(
    (path as string).includes("/places")
      ? Response.json(places)
      : Response.json({ message: "JSS 2 Ruby Maths is on Monday period 2 now." }, { headers: { "X-Audit-Id": "22222222-2222-2222-2222-222222222222" } }),
  ));
  render(
    <ApiContext.Provider value={new ApiClient("http://school.test")}>
      <QueryClientProvider client={new QueryClient()}><DraftWeek grid={grid} lessons={grid.lessons} choice={{ kind: "class", id: "JSS 2 Ruby", name: "JSS 2 Ruby" }} /></QueryClientProvider>
    </ApiContext.Provider>,
  );
});

it("moves a lesson by keyboard alone and offers to undo it", async () => {
  const user = userEvent.setup();
  await user.tab();
  while (document.activeElement?.getAttribute("data-key") !== "Maths") await user.tab();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: /Monday, 09:00: fits, saves 2/ })).toBeTruthy();
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(moves()).toEqual([{ lesson: { day: 1, period: 1, lesson: "Maths" }, day: 1, period: 2, makeWay: true }]));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  expect(fetching.mock.calls.some(([path]) => (path as string).includes("/audit/22222222"))).toBe(true);
});

it("shows what a time would break, offers the nearest that fits, and does nothing where it would break", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: /Maths/ }));
  await user.click(await screen.findByRole("button", { name: /Tuesday, 08:00: breaks/ }));
  expect(moves()).toEqual([]);
  expect(screen.getByText("Mr Bello has two lessons at once.", { selector: "li" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: /^Tuesday 09:00/ }));
  await waitFor(() => expect(moves()).toHaveLength(1));
});

it("puts a lesson back with Escape", async () => {
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: /Maths/ }));
  await screen.findByRole("button", { name: /Monday, 09:00: fits/ });
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: /fits/ })).toBeNull();
  await waitFor(() => expect(document.activeElement?.getAttribute("data-key")).toBe("Maths"));
});
