import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { TopicRow } from "./Topics";
import type { Topic } from "./types";

const fetching = vi.fn<typeof fetch>();
const topic = {
  itemId: "t1", text: "Indices", code: "MTH.1", week: "3", termNumber: 1, page: 4, url: "/documents/d1?page=4", level: "JSS 2", subject: "Mathematics", objectives: ["State the laws", "Use them"],
} as Topic;

beforeEach(() => { fetching.mockReset(); vi.stubGlobal("fetch", fetching); });
afterEach(() => vi.unstubAllGlobals());

it("corrects the words, place and objectives of a topic together", async () => {
  fetching.mockResolvedValue(Response.json({ message: "The topic is now “Laws of indices”." }));
  render(
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient()}><MemoryRouter><TopicRow topic={topic} editable /></MemoryRouter></QueryClientProvider>
    </ApiContext.Provider>,
  );
  fireEvent.click(screen.getByText("Edit"));
  const write = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
  write("Topic", "Laws of indices");
  write("Term", "2");
  write("Week or weeks", "3-4");
  write("Objectives, one a line", "State the laws\nUse them\n\n Solve equations \n");
  fireEvent.click(screen.getByText("Save"));
  await waitFor(() => expect(screen.queryByLabelText("Topic")).toBeNull());
  const [path, sent] = fetching.mock.calls[0] ?? [];
  expect([path, sent?.method]).toEqual(["/api/ai/curriculum/topics/t1", "PATCH"]);
  expect(JSON.parse(sent?.body as string)).toEqual({ text: "Laws of indices", code: "MTH.1", week: "3-4", termNumber: 2, objectives: ["State the laws", "Use them", "Solve equations"] });
});
