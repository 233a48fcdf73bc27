/** What a screen reader hears: that an answer has begun, then the whole of it once. Never word by word. */

import { messageText, type SchoolMessage } from "./message";

export function LiveLog({ newest, busy }: { newest: SchoolMessage | undefined; busy: boolean }) {
  return <div className="visually-hidden" role="log" aria-live="polite" aria-atomic="true">{liveWords(newest, busy)}</div>;
}

export function liveWords(newest: SchoolMessage | undefined, busy: boolean): string {
  if (busy) return "The assistant is working on it.";
  if (newest?.role !== "assistant") return "";
  const waits = newest.parts.some((part) => part.type === "data-preview" && part.data.status === "pending");
  return [plain(messageText(newest)), waits ? "A preview is waiting for your approval." : ""].filter(Boolean).join(" ");
}

/** Markdown marks are noise when read aloud. */
const plain = (markdown: string) => markdown.replace(/[*_`#>|]+/g, " ").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\s+/g, " ").trim();
