import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { SessionContext, type Session } from "../session/SessionContext";
import DocumentsPage from "./DocumentsPage";
import { QuestionEditor } from "./QuestionEditor";
import type { Question } from "./types";

const fetching = vi.fn<typeof fetch>();
const json = (value: unknown) => new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
const item = {
  documentId: "d1", title: "Policy handbook", kind: "policy", audience: "public", subject: null, level: null, termNumber: null, status: "ready", error: null,
  version: 1, pages: 4, passages: 9, size: 1000, name: "policy.pdf", updatedAt: "2026-10-01T08:00:00Z", url: "/documents/d1",
};
const card = (fields: object) => ({
  document: item, shownVersion: 1, current: true, fileUrl: "/f", shownPage: 2, lastPage: 4, paged: true, warnings: [],
  passagesShown: [
    { passageId: "p1", path: ["Late coming"], page: 2, text: "Gates close at 07:45.", lit: true },
    { passageId: "p2", path: ["Late coming"], page: 2, text: "A letter is sent.", lit: false },
  ],
  ...fields,
});

function open(address: string, write = true) {
  const session = { can: (right: string) => right !== "documents:write" || write } as unknown as Session;
  return render(
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <SessionContext.Provider value={session}>
          <MemoryRouter initialEntries={[address]}><Routes><Route path="/documents/:documentId?" element={<DocumentsPage />} /></Routes></MemoryRouter>
        </SessionContext.Provider>
      </QueryClientProvider>
    </ApiContext.Provider>,
  );
}

beforeEach(() => { fetching.mockReset(); vi.stubGlobal("fetch", fetching); });
afterEach(() => vi.unstubAllGlobals());

describe("a citation", () => {
  it("opens its page with the passage lit, and only that", async () => {
    fetching.mockResolvedValue(json(card({})));
    open("/documents/d1?page=2&passage=p1", false);
    const lit = await screen.findByRole("region", { name: "Cited passage" });
    expect(within(lit).getByText("Gates close at 07:45.").tagName).toBe("MARK");
    expect(screen.getByText("A letter is sent.").tagName).toBe("P");
    expect(screen.getAllByRole("heading", { name: "Late coming" })).toHaveLength(1);
    expect(fetching.mock.calls[0]?.[0]).toContain("page=2&passage=p1");
    expect(screen.queryByRole("button", { name: "Remove" })).toBeNull();
  });

  it("of a replaced version says so and leads to the newest", async () => {
    fetching.mockResolvedValue(json(card({ current: false })));
    open("/documents/d1?passage=p1");
    expect(await screen.findByText(/This is version 1, as it was cited/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open the newest" }).getAttribute("href")).toBe("/documents/d1?page=1");
  });
});

describe("the list", () => {
  it("sends a chosen file with what was said of it, and shows why one is refused", async () => {
    fetching.mockImplementation((_path, init) => {
      if (init?.method === "POST") return Promise.resolve(new Response(JSON.stringify({ detail: "The file is locked with a password.", code: "file_encrypted" }), { status: 422 }));
      return Promise.resolve(json({ documents: [item] }));
    });
    open("/documents");
    await screen.findByText("Policy handbook");
    const user = userEvent.setup();
    await user.selectOptions(screen.getByLabelText("What it is"), "notice");
    await user.upload(screen.getByLabelText(/Choose files/), new File(["x"], "locked.pdf", { type: "application/pdf" }));
    expect(await screen.findByText(/locked with a password/)).toBeTruthy();
    const sent = fetching.mock.calls.find(([, init]) => init?.method === "POST")?.[1]?.body as FormData;
    expect([sent.get("kind"), sent.get("audience"), sent.get("subject")]).toEqual(["notice", "staff", null]);
  });

  it("offers nothing to add to who may only read", async () => {
    fetching.mockResolvedValue(json({ documents: [item] }));
    open("/documents", false);
    await screen.findByText("Policy handbook");
    await waitFor(() => expect(screen.queryByLabelText(/Choose files/)).toBeNull());
  });
});

describe("a question edited", () => {
  it("keeps its right option when that is reworded, and is marked as edited", async () => {
    const question: Question = {
      kind: "multiple_choice", text: "2 + 2?", options: ["3", "4"], answer: "4", marks: 1, difficulty: "easy", origin: "parametric", scheme: [{ text: "4", marks: 1 }],
    };
    const changed = vi.fn();
    render(<QuestionEditor number={1} question={question} onChange={changed} onRemove={() => undefined} />);
    await userEvent.setup().type(screen.getByLabelText("Option B of question 1"), "0");
    expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ answer: "40", options: ["3", "40"], origin: "edited" }));
  });
});
