import { Outbox } from "./outbox";

const outboxes = new Map<string, Outbox>();

/** One outbox a person, however many pages look at it. */
export function outboxFor(userId: string): Outbox {
  const outbox = outboxes.get(userId) ?? new Outbox(userId);
  outboxes.set(userId, outbox);
  return outbox;
}
