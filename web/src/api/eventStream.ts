/** Server-sent events over fetch (EventSource cannot carry a bearer token), resumed from the last event id. */

import { EventSourceParserStream, type EventSourceMessage } from "eventsource-parser/stream";
import type { ApiClient } from "./client";
import { Problem } from "./problem";

export type { EventSourceMessage };

export function readEvents(response: Response): ReadableStream<EventSourceMessage> {
  if (!response.body) throw new Error("The server sent no stream.");
  return response.body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream());
}

export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => { clearTimeout(timer); resolve(); }, { once: true });
  });

/** 0.5 s, 1 s, 2 s … at most 15 s, with a little spread so that a school does not return all at once. */
export function backoff(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** attempt) * (0.8 + Math.random() * 0.4);
}

export interface Subscription {
  onEvent: (name: string, data: unknown) => void;
  onConnected?: (connected: boolean) => void;
  /** Return true when the stream has said all it will say. */
  isLast?: (name: string, data: unknown) => boolean;
}

/** Follow a stream until told to stop; reconnects from the last event id. Returns the way to stop. */
export function subscribe(api: ApiClient, path: string, subscription: Subscription): () => void {
  const abort = new AbortController();
  void follow(api, path, subscription, abort.signal);
  return () => abort.abort();
}

async function follow(api: ApiClient, path: string, to: Subscription, signal: AbortSignal): Promise<void> {
  let lastEventId = "";
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (lastEventId) headers["Last-Event-ID"] = lastEventId;
      const response = await api.fetch(path, { headers, signal });
      if (response.status === 204) return;
      to.onConnected?.(true);
      const reader = readEvents(response).getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        attempt = 0;
        if (next.value.id) lastEventId = next.value.id;
        const name = next.value.event ?? "message";
        const data = parsed(next.value.data);
        to.onEvent(name, data);
        if (to.isLast?.(name, data)) return void (await reader.cancel());
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429) return;
    }
    to.onConnected?.(false);
    await pause(backoff(attempt), signal);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
