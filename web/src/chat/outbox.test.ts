import { beforeEach, describe, expect, it, vi } from "vitest";
import { Outbox, type QueuedMessage } from "./outbox";

const message = (clientMessageId: string, text = "hello"): QueuedMessage => ({
  clientMessageId, conversationId: "c-1", text, files: [], typedAt: "2026-01-05T08:00:00Z",
});

beforeEach(() => localStorage.clear());

describe("the outbox", () => {
  it("keeps messages in the order they were typed, over a reload", () => {
    const outbox = new Outbox("u-1");
    outbox.add(message("1"));
    outbox.add(message("2"));
    expect(new Outbox("u-1").all().map((queued) => queued.clientMessageId)).toEqual(["1", "2"]);
  });

  it("holds a message once, however often it is added or put back", () => {
    const outbox = new Outbox("u-1");
    outbox.add(message("1"));
    outbox.add(message("1"));
    outbox.putBack(message("1"));
    expect(outbox.all()).toHaveLength(1);
  });

  it("puts a message that was not delivered in front of later ones", () => {
    const outbox = new Outbox("u-1");
    outbox.add(message("2"));
    outbox.putBack(message("1"));
    expect(outbox.all().map((queued) => queued.clientMessageId)).toEqual(["1", "2"]);
  });

  it("never shows one person's words to the next on a shared computer", () => {
    new Outbox("u-1").add(message("1"));
    expect(new Outbox("u-2").all()).toEqual([]);
  });

  it("leaves nothing behind when all is sent", () => {
    const outbox = new Outbox("u-1");
    outbox.add(message("1"));
    outbox.remove("1");
    expect(localStorage.length).toBe(0);
  });

  it("survives a store that is full, and one that holds nonsense", () => {
    const full = { getItem: () => "{broken", setItem: () => { throw new DOMException("full"); }, removeItem: () => undefined };
    const outbox = new Outbox("u-1", full);
    outbox.add(message("1"));
    expect(outbox.all()).toHaveLength(1);
    const odd = { ...full, getItem: () => JSON.stringify([{ text: 4 }, message("9")]) };
    expect(new Outbox("u-1", odd).all().map((queued) => queued.clientMessageId)).toEqual(["9"]);
  });

  it("tells its listeners of every change until they leave", () => {
    const outbox = new Outbox("u-1");
    const listener = vi.fn();
    const leave = outbox.subscribe(listener);
    outbox.add(message("1"));
    leave();
    outbox.remove("1");
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
