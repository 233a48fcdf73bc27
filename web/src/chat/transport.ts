/** useChat's transport over POST /api/ai/chat: a dropped connection goes on from the last event id, unseen by the page. */

import type { ChatTransport } from "ai";
import type { ApiClient } from "../api/client";
import { backoff, pause, readEvents } from "../api/eventStream";
import { Problem, Unreachable } from "../api/problem";
import { messageFiles, messageText, type SchoolChunk, type SchoolMessage } from "./message";

export interface TransportEvents {
  /** The line dropped (false) or is back (true) while an answer is in flight. */
  onLine?: (connected: boolean) => void;
  /** The answer ended while we were away: the stored conversation has the rest. */
  onMissed?: (conversationId: string) => void;
}

type SendOptions = Parameters<ChatTransport<SchoolMessage>["sendMessages"]>[0];
type ReconnectOptions = Parameters<ChatTransport<SchoolMessage>["reconnectToStream"]>[0];

export class SchoolTransport implements ChatTransport<SchoolMessage> {
  readonly resumeStreamIsReplay = true;
  private readonly api: ApiClient;
  private readonly events: TransportEvents;
  private readonly wait: (attempt: number, signal?: AbortSignal) => Promise<void>;

  constructor(api: ApiClient, events: TransportEvents = {}, wait = waitForLine) {
    this.api = api;
    this.events = events;
    this.wait = wait;
  }

  async sendMessages({ chatId, messages, abortSignal }: SendOptions): Promise<ReadableStream<SchoolChunk>> {
    const asked = messages.findLast((message) => message.role === "user");
    if (!asked) throw new Error("There is no message to send.");
    const response = await this.api.fetch("/api/ai/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
      body: JSON.stringify({
        conversationId: chatId,
        message: messageText(asked),
        files: messageFiles(asked).map((file) => file.fileId),
        clientMessageId: asked.id,
      }),
      ...(abortSignal ? { signal: abortSignal } : {}),
    });
    return this.answer(chatId, response, messages, abortSignal);
  }

  async reconnectToStream({ chatId, abortSignal }: ReconnectOptions): Promise<ReadableStream<SchoolChunk> | null> {
    const response = await this.open(chatId, "", abortSignal);
    if (response) return this.answer(chatId, response, [], abortSignal);
    this.events.onMissed?.(chatId);
    return null;
  }

  private async open(chatId: string, lastEventId: string, signal?: AbortSignal): Promise<Response | null> {
    const headers: Record<string, string> = { Accept: "text/event-stream" };
    if (lastEventId) headers["Last-Event-ID"] = lastEventId;
    const response = await this.api.fetch(`/api/ai/chat/${chatId}/stream`, { headers, ...(signal ? { signal } : {}) });
    return response.status === 204 ? null : response;
  }

  private answer(
    chatId: string, first: Response, history: SchoolMessage[], signal?: AbortSignal,
  ): ReadableStream<SchoolChunk> {
    const received = new Received(history);
    return new ReadableStream<SchoolChunk>({
      start: (controller) => {
        void this.pump(chatId, first, received, controller, signal).then(
          () => controller.close(),
          (error: unknown) => (signal?.aborted ? controller.close() : controller.error(error)),
        );
      },
    });
  }

  private async pump(
    chatId: string, first: Response, received: Received, to: ReadableStreamDefaultController<SchoolChunk>, signal?: AbortSignal,
  ): Promise<void> {
    for (let response: Response | null = first; response; response = await this.reopen(chatId, received, signal)) {
      try {
        const reader = readEvents(response).getReader();
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          for (const chunk of received.take(next.value.id ?? "", next.value.data)) to.enqueue(chunk);
          if (received.finished) return;
        }
      } catch {
        // The line dropped. What was not received yet is asked for again below.
      }
      if (signal?.aborted) return;
      this.events.onLine?.(false);
      received.startAgain();
    }
    if (!signal?.aborted) this.events.onMissed?.(chatId);
  }

  private async reopen(chatId: string, received: Received, signal?: AbortSignal): Promise<Response | null> {
    for (let attempt = 0; !signal?.aborted; attempt++) {
      await this.wait(attempt, signal);
      if (signal?.aborted) break;
      try {
        const response = await this.open(chatId, received.lastEventId, signal);
        this.events.onLine?.(true);
        return response;
      } catch (error) {
        if (!(error instanceof Unreachable) && !(error instanceof Problem && error.status >= 500)) throw error;
      }
    }
    return null;
  }
}

/** What has arrived of one answer: drops repeats, and mends outputs whose call was made in an earlier turn. */
class Received {
  lastEventId = "";
  finished = false;
  private readonly seen = new Set<string>();
  private readonly calls = new Set<string>();
  private readonly earlier = new Map<string, { name: string; input: unknown }>();
  private delivered = 0;
  private skip = 0;

  constructor(history: SchoolMessage[]) {
    for (const part of history.flatMap((message) => message.parts)) {
      if ("toolCallId" in part) {
        const name = part.type === "dynamic-tool" ? part.toolName : part.type.slice("tool-".length);
        this.earlier.set(part.toolCallId, { name, input: part.input });
      }
    }
  }

  /** Events without ids can only be told apart by counting them. */
  startAgain(): void {
    this.skip = this.lastEventId ? 0 : this.delivered;
  }

  take(id: string, data: string): SchoolChunk[] {
    if (id) {
      if (this.seen.has(id)) return [];
      this.seen.add(id);
      this.lastEventId = id;
    } else if (this.skip > 0) {
      this.skip--;
      return [];
    }
    this.delivered++;
    if (data === "[DONE]") {
      this.finished = true;
      return [];
    }
    const chunk = parseChunk(data);
    return chunk ? this.mend(chunk) : [];
  }

  private mend(chunk: SchoolChunk): SchoolChunk[] {
    if (chunk.type === "tool-input-start" || chunk.type === "tool-input-available") this.calls.add(chunk.toolCallId);
    const answersCall = chunk.type === "tool-output-available" || chunk.type === "tool-output-error" || chunk.type === "tool-approval-request";
    if (!answersCall || this.calls.has(chunk.toolCallId)) return [chunk];
    this.calls.add(chunk.toolCallId);
    const call = this.earlier.get(chunk.toolCallId);
    return [
      { type: "tool-input-available", toolCallId: chunk.toolCallId, toolName: call?.name ?? "result", input: call?.input ?? {} },
      chunk,
    ];
  }
}

function parseChunk(data: string): SchoolChunk | null {
  try {
    const chunk: unknown = JSON.parse(data);
    if (chunk && typeof chunk === "object" && "type" in chunk && typeof chunk.type === "string") return chunk as SchoolChunk;
  } catch {
    // One unreadable event must not end the answer.
  }
  return null;
}

/** Waits its turn, or less when the browser says the line is back. */
async function waitForLine(attempt: number, signal?: AbortSignal): Promise<void> {
  const back = new AbortController();
  const wake = () => back.abort();
  window.addEventListener("online", wake, { once: true });
  signal?.addEventListener("abort", wake, { once: true });
  await pause(backoff(attempt), back.signal);
  window.removeEventListener("online", wake);
}
