import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { CoverPanel } from "./CoverPanel";

const option = (teacherId: string, name: string) => ({ teacherId, name, why: "teaches the subject", periodsThatDay: 2 });
const plan = {
  teacher: "Mr Bello", on: "2027-01-14",
  lessons: [
    { lesson: "L1", label: "JSS 2 Ruby Maths", period: 1, beginsAt: "08:00", coveredBy: null, options: [option("a", "Mrs Ade"), option("b", "Mr Cole")] },
    { lesson: "L2", label: "JSS 1 Gold Maths", period: 3, beginsAt: "09:20", coveredBy: null, options: [option("b", "Mr Cole")] },
    { lesson: "L3", label: "SS 1 Maths", period: 5, beginsAt: "11:00", coveredBy: "Mrs Ade", options: [] },
  ],
};
const card = (id: string, title: string) => ({
  id, title, capability: "set_cover", effect: "send", door: "portal", status: "pending", conversationId: null, createdAt: "2027-01-13T08:00:00Z", expiresAt: "2027-01-13T09:00:00Z",
  decidedBy: null, error: null, needsSecondPerson: false, secondPersonHint: null, result: null, preview: { title, summary: "Told: 1 colleague.", blocks: [], included: 1 },
});
const fetching = vi.fn<typeof fetch>();
const scrolled = vi.fn<() => unknown>(() => Promise.resolve());
const proposed = () => fetching.mock.calls.filter(([path, init]) => (path as string).endsWith("/api/approvals") && init?.method === "POST").map(([, init]) => JSON.parse(init?.body as string) as unknown);

beforeEach(async () => {
  fetching.mockReset();
  vi.stubGlobal("fetch", fetching);
  Element.prototype.scrollIntoView = scrolled;
  fetching.mockImplementation((path) => Promise.resolve(Response.json((path as string).includes("/timetable/cover") ? plan : card("c1", "Cover for Mr Bello"))));
  render(
    <ApiContext.Provider value={new ApiClient("http://school.test")}>
      <QueryClientProvider client={new QueryClient()}><CoverPanel teacher={{ kind: "teacher", id: "t", name: "Mr Bello" }} /></QueryClientProvider>
    </ApiContext.Provider>,
  );
  await userEvent.setup().click(screen.getByRole("button", { name: "Mr Bello is away…" }));
});

it("proposes cover by the best fitting colleagues, and shows the preview before anything is sent", async () => {
  const user = userEvent.setup();
  expect(await screen.findByText("Mrs Ade: teaches the subject")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Arrange cover for 2 lessons…" }));
  await waitFor(() => expect(proposed()).toEqual([{ capability: "set_cover", arguments: { teacher: "t", on: "2027-01-14", periods: [1, 3] } }]));
  expect(await screen.findByRole("button", { name: "Approve" })).toBeTruthy();
});

it("leaves out lessons that are not ticked, and those a chosen colleague is not free for", async () => {
  const user = userEvent.setup();
  await user.selectOptions(await screen.findByRole("combobox", { name: "Covered by" }), "a");
  expect(screen.getByRole("checkbox", { name: /JSS 1 Gold/ })).toHaveProperty("disabled", true);
  await user.selectOptions(screen.getByRole("combobox", { name: "Covered by" }), "b");
  await user.click(screen.getByRole("checkbox", { name: /JSS 2 Ruby/ }));
  await user.click(screen.getByRole("button", { name: "Arrange cover for 1 lesson…" }));
  await waitFor(() => expect(proposed()).toEqual([{ capability: "set_cover", arguments: { teacher: "t", on: "2027-01-14", by: "b", periods: [3] } }]));
});

it("takes arranged cover back", async () => {
  await userEvent.setup().click(await screen.findByRole("button", { name: "Take the cover back…" }));
  await waitFor(() => expect(proposed()).toEqual([{ capability: "remove_cover", arguments: { teacher: "t", on: "2027-01-14" } }]));
});

it("comes into view when it opens below the week, with the day to choose", async () => {
  await screen.findByText("Mrs Ade: teaches the subject");
  expect(document.activeElement).toBe(screen.getByLabelText(/Away on/));
  expect(scrolled.mock.contexts).toContain(document.querySelector(".cover-plan"));
});
