import { readUIMessageStream } from "ai";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiClient } from "../api/client";
import { Problem, Unreachable } from "../api/problem";
import { userMessage, type SchoolChunk, type SchoolMessage } from "./message";
import { SchoolTransport } from "./transport";

type Event = [id: string, data: unknown];
const text = (delta: string) => ({ type: "text-delta", id: "t", delta });

/** A body of events that ends cleanly, or breaks as a dropped line does. */
function stream(events: Event[], ending: "closes" | "breaks" = "closes"): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      for (const [id, data] of events) {
        const line = typeof data === "string" ? data : JSON.stringify(data);
        controller.enqueue(encoder.encode(`${id ? `id: ${id}\n` : ""}data: ${line}\n\n`));
      }
      if (ending === "closes") controller.close();
      else setTimeout(() => controller.error(new TypeError("network error")), 5);
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

const fetching = vi.fn<typeof fetch>();
const line = vi.fn();
const missed = vi.fn();
const waited = vi.fn(() => Promise.resolve());
let transport: SchoolTransport;

beforeEach(() => {
  vi.stubGlobal("fetch", fetching);
  for (const mock of [fetching, line, missed, waited]) mock.mockClear();
  fetching.mockReset();
  transport = new SchoolTransport(new ApiClient(), { onLine: line, onMissed: missed }, waited);
});
afterEach(() => vi.unstubAllGlobals());

const question = userMessage("m-1", "How is the class doing?", [], "2026-01-05T08:00:00Z");

async function chunks(from: ReadableStream<SchoolChunk>): Promise<SchoolChunk[]> {
  const all: SchoolChunk[] = [];
  const reader = from.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) all.push(next.value);
  return all;
}
const ask = (messages: SchoolMessage[] = [question], abortSignal?: AbortSignal) =>
  transport.sendMessages({ trigger: "submit-message", chatId: "c-1", messageId: undefined, messages, abortSignal });
const deltas = (all: SchoolChunk[]) => all.flatMap((chunk) => (chunk.type === "text-delta" ? [chunk.delta] : [])).join("");
const headerOf = (call: number, name: string) => new Headers(fetching.mock.calls[call]?.[1]?.headers).get(name);

describe("sending", () => {
  it("sends only the newest words and files, under the client's message id", async () => {
    fetching.mockResolvedValue(stream([["1", { type: "finish" }], ["2", "[DONE]"]]));
    const file = { fileId: "f-1", name: "scores.xlsx", size: 10, mediaType: "x" };
    await chunks(await ask([question, userMessage("m-2", "Save these", [file], "2026-01-05T08:01:00Z")]));
    expect(JSON.parse(fetching.mock.calls[0]?.[1]?.body as string)).toEqual({
      conversationId: "c-1", message: "Save these", files: ["f-1"], clientMessageId: "m-2",
    });
  });

  it("says the server cannot be reached when the line is down", async () => {
    fetching.mockRejectedValue(new TypeError("Failed to fetch"));
    await expect(ask()).rejects.toBeInstanceOf(Unreachable);
  });

  it("keeps the sentence of a refusal", async () => {
    fetching.mockResolvedValue(new Response(JSON.stringify({ detail: "This message is too long.", code: "too_long" }), { status: 422 }));
    const refusal = await ask().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ message: "This message is too long.", code: "too_long", status: 422 });
  });
});

describe("a dropped line", () => {
  it("goes on from the last event id and repeats nothing", async () => {
    fetching
      .mockResolvedValueOnce(stream([["e-1", text("The av")], ["e-2", text("erage ")]], "breaks"))
      .mockResolvedValueOnce(stream([["e-2", text("erage ")], ["e-3", text("is 61.")], ["e-4", "[DONE]"]]));
    expect(deltas(await chunks(await ask()))).toBe("The average is 61.");
    expect(fetching.mock.calls[1]?.[0]).toBe("/api/ai/chat/c-1/stream");
    expect(headerOf(1, "Last-Event-ID")).toBe("e-2");
    expect(line.mock.calls).toEqual([[false], [true]]);
  });

  it("treats an end without the last event as a drop", async () => {
    fetching
      .mockResolvedValueOnce(stream([["e-1", text("half ")]]))
      .mockResolvedValueOnce(stream([["e-2", text("whole")], ["e-3", "[DONE]"]]));
    expect(deltas(await chunks(await ask()))).toBe("half whole");
  });

  it("counts events that carry no id", async () => {
    fetching
      .mockResolvedValueOnce(stream([["", text("one ")], ["", text("two ")]], "breaks"))
      .mockResolvedValueOnce(stream([["", text("one ")], ["", text("two ")], ["", text("three")], ["", "[DONE]"]]));
    expect(deltas(await chunks(await ask()))).toBe("one two three");
  });

  it("keeps trying while the server is unreachable or failing, waiting longer each time", async () => {
    fetching
      .mockResolvedValueOnce(stream([["e-1", text("a")]], "breaks"))
      .mockRejectedValueOnce(new TypeError("Failed to fetch"))
      .mockResolvedValueOnce(new Response("", { status: 502 }))
      .mockResolvedValueOnce(stream([["e-2", text("b")], ["e-3", "[DONE]"]]));
    expect(deltas(await chunks(await ask()))).toBe("ab");
    expect(waited.mock.calls.map(([attempt]: unknown[]) => attempt)).toEqual([0, 1, 2]);
  });

  it("asks for the stored conversation when the answer ended meanwhile", async () => {
    fetching.mockResolvedValueOnce(stream([["e-1", text("a")]], "breaks")).mockResolvedValueOnce(new Response(null, { status: 204 }));
    await chunks(await ask());
    expect(missed).toHaveBeenCalledWith("c-1");
  });

  it("stops reaching for it once the person leaves", async () => {
    const leaving = new AbortController();
    fetching.mockImplementationOnce(() => Promise.resolve(stream([["e-1", text("a")]], "breaks")));
    waited.mockImplementationOnce(() => { leaving.abort(); return Promise.resolve(); });
    await chunks(await ask([question], leaving.signal));
    expect(fetching).toHaveBeenCalledTimes(1);
  });
});

describe("coming back", () => {
  it("replays a running answer from its beginning", async () => {
    fetching.mockResolvedValue(stream([["e-1", text("all of it")], ["e-2", "[DONE]"]]));
    const running = await transport.reconnectToStream({ chatId: "c-1" });
    expect(running && deltas(await chunks(running))).toBe("all of it");
    expect(headerOf(0, "Last-Event-ID")).toBeNull();
  });

  it("finds nothing running", async () => {
    fetching.mockResolvedValue(new Response(null, { status: 204 }));
    expect(await transport.reconnectToStream({ chatId: "c-1" })).toBeNull();
    expect(missed).toHaveBeenCalledWith("c-1");
  });
});

describe("what arrives", () => {
  it("drops an unreadable event and goes on", async () => {
    fetching.mockResolvedValue(stream([["1", "{not json"], ["2", "[1]"], ["3", text("fine")], ["4", "[DONE]"]]));
    expect(deltas(await chunks(await ask()))).toBe("fine");
  });

  it("shows the output of a call made in an earlier turn", async () => {
    fetching.mockResolvedValue(stream([
      ["1", { type: "start", messageId: "turn-2" }],
      ["2", { type: "tool-output-available", toolCallId: "call-1", output: { result: 1, blocks: [] } }],
      ["3", { type: "finish" }],
      ["4", "[DONE]"],
    ]));
    const earlier = {
      id: "turn-1", role: "assistant",
      parts: [{ type: "tool-publish_scores", toolCallId: "call-1", state: "input-available", input: { subject: "Maths" } }],
    } as unknown as SchoolMessage;
    let newest: SchoolMessage | undefined;
    for await (const message of readUIMessageStream<SchoolMessage>({ stream: await ask([earlier, question]) })) newest = message;
    expect(newest?.parts).toEqual([
      expect.objectContaining({ type: "tool-publish_scores", state: "output-available", input: { subject: "Maths" } }),
    ]);
  });
});
