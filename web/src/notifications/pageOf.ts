import type { Notification } from "../api/types";

const pages: [key: string, path: string][] = [["approvalId", "/approvals"], ["runId", "/runs"], ["conversationId", "/c"]];

/** The page a notification is about, when it carries the id of something that has one. */
export function pageOf({ data }: Pick<Notification, "data">): string | null {
  for (const [key, path] of pages) {
    const id = data[key];
    if (typeof id === "string" && /^[\w-]+$/.test(id)) return `${path}/${id}`;
  }
  return null;
}
