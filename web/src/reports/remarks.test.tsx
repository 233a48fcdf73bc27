import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import type { RemarkRow, RemarksView } from "../api/types";
import { SessionContext, type Session } from "../session/SessionContext";
import { RemarksTable } from "./RemarksTable";
import { step } from "./moving";

const fetching = vi.fn<typeof fetch>();
const row = (name: string, text = ""): RemarkRow => ({
  studentId: `id-${name}`, name, studentNo: "HA/001", gender: "Female", average: 66.5, grade: "B", position: 3, attendance: 92,
  classTeacher: { text, origin: text ? "rule" : null }, principal: { text: "", origin: null },
  findings: [{ studentId: `id-${name}`, student: name, fault: "wrong_name", author: "principal", message: "The principal’s remark names Bola, who is somebody else.", fix: "Write about her." }],
});
const view = (closed: string | null = null): RemarksView => ({
  label: "JSS 2 Ruby, First Term", termId: "t-1", termLabel: "First Term", terms: [], classFindings: [], rows: [row("Ada", "A good term."), row("Bayo")],
  reports: { classArmId: "c-1", classArm: "JSS 2 Ruby", classTeacher: null, students: 2, steps: [], nextStep: null, mayApprove: false, returned: null, releasedOn: null, visible: false, closed },
});

function show(shown = view(), onSaved = vi.fn()) {
  const session = { can: () => true, school: { locale: "en-NG", timeZone: "Africa/Lagos", currency: "NGN" } } as unknown as Session;
  render(
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient()}>
        <SessionContext.Provider value={session}><RemarksTable view={shown} onSaved={onSaved} /></SessionContext.Provider>
      </QueryClientProvider>
    </ApiContext.Provider>,
  );
  return onSaved;
}
const cell = (name: string, whose = "Class teacher") => screen.getByLabelText(`${whose}’s remark of ${name}`);
const puts = () => fetching.mock.calls.filter(([, init]) => init?.method === "PUT");

beforeEach(() => {
  vi.stubGlobal("fetch", fetching);
  fetching.mockReset();
  fetching.mockImplementation(() => Promise.resolve(Response.json({ message: "Written." })));
});
afterEach(() => vi.unstubAllGlobals());

describe("the table of remarks", () => {
  it("saves a remark once on Enter and goes to the next student", async () => {
    const saved = show();
    cell("Ada").focus();
    fireEvent.change(cell("Ada"), { target: { value: "Reads  widely. " } });
    fireEvent.keyDown(cell("Ada"), { key: "Enter" });
    expect(document.activeElement).toBe(cell("Bayo"));
    await waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(puts()).toHaveLength(1);
    expect(JSON.parse(puts()[0]?.[1]?.body as string)).toEqual({ text: "Reads widely.", author: "class_teacher", term: "t-1" });
  });

  it("keeps what could not be saved, with the reason", async () => {
    fetching.mockImplementation(() => Promise.resolve(Response.json({ code: "cards_closed", detail: "The cards are approved." }, { status: 409 })));
    show();
    fireEvent.change(cell("Bayo"), { target: { value: "Works hard." } });
    fireEvent.blur(cell("Bayo"));
    expect(await screen.findByText("The cards are approved.")).toBeTruthy();
    expect((cell("Bayo") as HTMLTextAreaElement).value).toBe("Works hard.");
  });

  it("takes a change back on Escape and asks nothing", () => {
    show();
    fireEvent.change(cell("Ada"), { target: { value: "Wrong." } });
    fireEvent.keyDown(cell("Ada"), { key: "Escape" });
    fireEvent.blur(cell("Ada"));
    expect((cell("Ada") as HTMLTextAreaElement).value).toBe("A good term.");
    expect(puts()).toHaveLength(0);
  });

  it("says what was found under the remark it is about, and is read only once approved", () => {
    show(view("The cards are approved. Return them to change a remark."));
    expect(screen.getAllByText(/who is somebody else/)).toHaveLength(2);
    expect((cell("Ada") as HTMLTextAreaElement).readOnly).toBe(true);
  });
});

describe("keys", () => {
  const at = (start: number, end = start, value = "abc") => ({ selectionStart: start, selectionEnd: end, value });
  const key = (name: string, where: ReturnType<typeof at>, shiftKey = false) => ({ key: name, shiftKey, altKey: false, ctrlKey: false, metaKey: false, currentTarget: where });
  const from = { row: 1, author: "class_teacher" as const };

  it("leave the cell from the edges of its text only", () => {
    expect(step(from, key("ArrowDown", at(1)), 3)).toBeNull();
    expect(step(from, key("ArrowDown", at(3)), 3)).toEqual({ row: 2, author: "class_teacher" });
    expect(step(from, key("ArrowUp", at(0, 3)), 3)).toEqual({ row: 0, author: "class_teacher" });
    expect(step(from, key("ArrowRight", at(3)), 3)).toEqual({ row: 1, author: "principal" });
    expect(step(from, key("ArrowLeft", at(0)), 3)).toBeNull();
  });

  it("stop at the first and the last student", () => {
    expect(step({ ...from, row: 2 }, key("Enter", at(0)), 3)).toBeNull();
    expect(step({ ...from, row: 0 }, key("Enter", at(0), true), 3)).toBeNull();
  });
});
