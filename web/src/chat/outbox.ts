/** Messages typed while the line is down or the assistant is busy: kept in the browser, sent in order, once. */

import type { UploadedFile } from "../api/types";

export interface QueuedMessage {
  clientMessageId: string;
  conversationId: string;
  text: string;
  files: UploadedFile[];
  typedAt: string;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Outbox {
  private messages: QueuedMessage[];
  private readonly listeners = new Set<() => void>();
  private readonly store: Store | null;
  private readonly key: string;

  /** The key carries the user's id, so a shared computer never sends one person's words as another's. */
  constructor(userId: string, store: Store | null = browserStore()) {
    this.key = `schoolos.outbox.${userId}`;
    this.store = store;
    this.messages = this.read();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all = (): QueuedMessage[] => this.messages;

  add(message: QueuedMessage): void {
    if (this.messages.some((queued) => queued.clientMessageId === message.clientMessageId)) return;
    this.write([...this.messages, message]);
  }

  /** Put back at the front: it was taken to be sent and the line dropped. */
  putBack(message: QueuedMessage): void {
    this.write([message, ...this.messages.filter((queued) => queued.clientMessageId !== message.clientMessageId)]);
  }

  remove(clientMessageId: string): void {
    this.write(this.messages.filter((queued) => queued.clientMessageId !== clientMessageId));
  }

  private write(messages: QueuedMessage[]): void {
    this.messages = messages;
    try {
      if (messages.length) this.store?.setItem(this.key, JSON.stringify(messages));
      else this.store?.removeItem(this.key);
    } catch {
      // A full or forbidden store: the message still waits in memory while the page is open.
    }
    this.listeners.forEach((listener) => listener());
  }

  private read(): QueuedMessage[] {
    try {
      const kept: unknown = JSON.parse(this.store?.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isQueuedMessage) : [];
    } catch {
      return [];
    }
  }
}

function isQueuedMessage(value: unknown): value is QueuedMessage {
  if (!value || typeof value !== "object") return false;
  const message = value as Partial<QueuedMessage>;
  return typeof message.clientMessageId === "string" && typeof message.conversationId === "string"
    && typeof message.text === "string" && Array.isArray(message.files);
}

function browserStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
