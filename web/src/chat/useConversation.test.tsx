import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import { messageText } from "./message";
import { Outbox } from "./outbox";
import { useConversation } from "./useConversation";

const fetching = vi.fn<typeof fetch>();
let online = true;
let outbox: Outbox;

function setOnline(value: boolean) {
  online = value;
  window.dispatchEvent(new Event(value ? "online" : "offline"));
}

function answer(text: string, turn = "turn-1"): Response {
  const events = [
    { type: "start", messageId: turn }, { type: "text-start", id: "t" }, { type: "text-delta", id: "t", delta: text }, { type: "text-end", id: "t" }, { type: "finish" },
  ];
  const lines = [...events.map((event) => JSON.stringify(event)), "[DONE]"].map((data, index) => `id: ${turn}-${index}\ndata: ${data}\n\n`);
  return new Response(lines.join(""), { headers: { "Content-Type": "text/event-stream" } });
}

const sent = () => fetching.mock.calls.filter(([path]) => path === "/api/ai/chat").map(([, init]) => JSON.parse(init?.body as string) as { message: string; clientMessageId: string });

function open(isNew = true) {
  const around = ({ children }: { children: ReactNode }) => (
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
    </ApiContext.Provider>
  );
  return renderHook(() => useConversation("c-1", isNew, outbox), { wrapper: around });
}

beforeEach(() => {
  localStorage.clear();
  online = true;
  outbox = new Outbox("u-1");
  vi.stubGlobal("fetch", fetching);
  fetching.mockReset();
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
});
afterEach(() => vi.unstubAllGlobals());

describe("sending", () => {
  it("shows the question and the answer", async () => {
    fetching.mockResolvedValue(answer("It is 61."));
    const { result } = open();
    act(() => result.current.send("How is the class?"));
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["How is the class?", "It is 61."]));
    expect(result.current.messages[1]?.id).toBe("turn-1");
    expect(result.current.queued).toEqual([]);
  });

  it("keeps messages typed offline, over a reload, and sends them once, in order", async () => {
    setOnline(false);
    const first = open();
    act(() => first.result.current.send("one"));
    act(() => first.result.current.send("two"));
    expect(first.result.current.queued.map((message) => message.text)).toEqual(["one", "two"]);
    expect(sent()).toEqual([]);
    first.unmount();

    outbox = new Outbox("u-1");
    let turn = 0;
    fetching.mockImplementation(() => Promise.resolve(answer(`answer ${++turn}`, `turn-${turn}`)));
    const { result } = open();
    act(() => setOnline(true));
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["one", "answer 1", "two", "answer 2"]));
    expect(sent().map((message) => message.message)).toEqual(["one", "two"]);
    expect(new Outbox("u-1").all()).toEqual([]);
  });

  it("takes a message back when the line drops while sending, and sends it again under the same id", async () => {
    fetching.mockRejectedValueOnce(new TypeError("Failed to fetch")).mockResolvedValue(answer("Here."));
    const { result } = open();
    act(() => result.current.send("hello"));
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["hello", "Here."]), { timeout: 4000 });
    const ids = sent().map((message) => message.clientMessageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(result.current.error).toBeNull();
  });

  it("shows a refusal and sends it again when asked, under the same id", async () => {
    fetching.mockResolvedValueOnce(new Response(JSON.stringify({ detail: "Busy just now.", code: "busy" }), { status: 503 })).mockResolvedValue(answer("Here."));
    const { result } = open();
    act(() => result.current.send("hello"));
    await waitFor(() => expect(result.current.error?.message).toBe("Busy just now."));
    act(() => result.current.retry());
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["hello", "Here."]));
    expect(new Set(sent().map((message) => message.clientMessageId)).size).toBe(1);
  });
});

describe("coming back", () => {
  const stored = { id: "c-1", title: "Maths", messages: [{ id: "turn-1-user", role: "user", parts: [{ type: "text", text: "How is the class?" }] }] };

  it("shows the stored conversation and goes on with the answer in flight", async () => {
    fetching.mockImplementation((path) => Promise.resolve(path === "/api/ai/chat/c-1/stream" ? answer("It is 61.") : Response.json({ ...stored, running: true })));
    const { result } = open(false);
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["How is the class?", "It is 61."]));
  });

  it("shows a half-stored answer once when it is replayed", async () => {
    const half = { id: "turn-1", role: "assistant", parts: [{ type: "text", text: "It is" }] };
    fetching.mockImplementation((path) =>
      Promise.resolve(path === "/api/ai/chat/c-1/stream" ? answer("It is 61.") : Response.json({ ...stored, messages: [...stored.messages, half], running: true })));
    const { result } = open(false);
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["How is the class?", "It is 61."]));
  });

  it("says when the conversation is not there", async () => {
    fetching.mockResolvedValue(new Response(JSON.stringify({ code: "not_visible" }), { status: 404 }));
    const { result } = open(false);
    await waitFor(() => expect(result.current.loading).toBe("missing"));
  });

  it("adds the turn an approval set going after the one that asked for it", async () => {
    const asked = { id: "turn-1", role: "assistant", parts: [{ type: "text", text: "Shall I?" }] };
    fetching.mockImplementation((path) => Promise.resolve(path === "/api/ai/chat/c-1/stream" ? answer("Done.", "turn-2") : Response.json({ ...stored, messages: [...stored.messages, asked], running: false })));
    const { result } = open(false);
    await waitFor(() => expect(result.current.messages).toHaveLength(2));
    await act(() => result.current.follow());
    await waitFor(() => expect(result.current.messages.map(messageText)).toEqual(["How is the class?", "Shall I?", "Done."]));
  });
});
