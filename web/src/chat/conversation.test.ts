import { describe, expect, it } from "vitest";
import type { ApprovalCard, Capability } from "../api/types";
import { expiryWords } from "../approvals/Expiry";
import { groupByDay } from "./groupByDay";
import { liveWords } from "./LiveLog";
import { fromServer, isEmptyAnswer, toolCall, toolTitle, type SchoolMessage, type SchoolPart } from "./message";
import { openingSuggestions } from "./openingSuggestions";

const answer = (...parts: SchoolPart[]): SchoolMessage => ({ id: "t-1", role: "assistant", parts });

describe("what a screen reader hears", () => {
  it("is the whole answer once, not the stream", () => {
    const growing = answer({ type: "text", text: "The average is **61" });
    expect(liveWords(growing, true)).toBe("The assistant is working on it.");
    expect(liveWords(answer({ type: "text", text: "The average is **61.42**." }), false)).toBe("The average is 61.42 .");
  });

  it("says that a preview waits", () => {
    const card = { status: "pending" } as ApprovalCard;
    expect(liveWords(answer({ type: "data-preview", id: "a", data: card }), false)).toBe("A preview is waiting for your approval.");
  });

  it("does not read the person's own words back", () => {
    expect(liveWords({ id: "m", role: "user", parts: [{ type: "text", text: "hello" }] }, false)).toBe("");
  });
});

describe("parts", () => {
  it("reads a tool call in either form, with and without our envelope", () => {
    const stored = { type: "tool-find_staff", toolCallId: "c", state: "output-available", input: {}, output: { result: 1, blocks: [], ms: 4 } } as unknown as SchoolPart;
    expect(toolCall(stored)).toMatchObject({ name: "find_staff", output: { ms: 4 } });
    const bare = { type: "dynamic-tool", toolName: "find_staff", toolCallId: "c", state: "output-available", input: {}, output: [1] } as unknown as SchoolPart;
    expect(toolCall(bare)).toMatchObject({ name: "find_staff", output: { result: [1] } });
    expect(toolCall({ type: "text", text: "x" })).toBeNull();
  });

  it("knows an answer that says nothing", () => {
    expect(isEmptyAnswer(answer({ type: "step-start" }, { type: "text", text: "  " }))).toBe(true);
    expect(isEmptyAnswer(answer({ type: "data-note", data: { text: "offline" } }))).toBe(false);
  });

  it("takes a stored message with or without its rating", () => {
    expect(fromServer({ id: "1", role: "assistant", parts: [], feedback: { rating: "down" } }).metadata?.feedback).toBe("down");
    expect(fromServer({ id: "1", role: "user", parts: [] }).metadata?.feedback).toBeNull();
  });

  it("names a tool in words", () => expect(toolTitle("find_score_sheets")).toBe("Find score sheets"));
});

it("groups conversations by how long ago they were", () => {
  const now = new Date(2026, 0, 10, 9);
  const at = (daysAgo: number) => ({ id: String(daysAgo), title: "", door: "web", preview: "", updatedAt: new Date(2026, 0, 10 - daysAgo, 8).toISOString() });
  expect(groupByDay([at(0), at(1), at(4), at(30)], now).map((group) => group.title)).toEqual(["Today", "Yesterday", "This week", "Earlier"]);
});

it("suggests doing and asking, one utterance a capability", () => {
  const capability = (name: string, effect: Capability["effect"], says: string[]): Capability => ({ name, title: name, summary: "", effect, permission: "", rest: "", says, parameters: {} });
  const all = [capability("a", "read", ["ask a", "ask b"]), capability("b", "send", ["send b"]), capability("c", "write", []), capability("d", "read", ["ask d"])];
  expect(openingSuggestions(all)).toEqual(["send b", "ask a", "ask d"]);
});

it("suggests first what a role comes for, of what it may ask", () => {
  const capability = (name: string): Capability => ({ name, title: name, summary: "", effect: "read", permission: "", rest: "", says: [name], parameters: {} });
  const all = [capability("find_staff"), capability("show_own_fees"), capability("show_student")];
  expect(openingSuggestions(all, 4, "guardian")).toEqual(["How is my child doing?", "How much do I owe?"]);
  expect(openingSuggestions([capability("find_staff")], 4, "guardian")).toEqual(["find_staff"]);
});

it("says how long a preview holds", () => {
  expect([0, 30, 180, 4000].map(expiryWords)).toEqual(["Expired", "Expires in 30 min", "Expires in 3 h", "Expires in 3 days"]);
});
