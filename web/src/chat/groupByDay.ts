import type { ConversationSummary } from "../api/types";

export interface DayGroup { title: string; items: ConversationSummary[] }

/** Today, yesterday, this week, earlier: near things are looked for by day, far ones by search. */
export function groupByDay(items: ConversationSummary[], now = new Date()): DayGroup[] {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const day = 86_400_000;
  const groups: DayGroup[] = [];
  for (const item of items) {
    const at = new Date(item.updatedAt).getTime();
    const title = at >= midnight ? "Today" : at >= midnight - day ? "Yesterday" : at >= midnight - 6 * day ? "This week" : "Earlier";
    const group = groups.find((one) => one.title === title);
    if (group) group.items.push(item);
    else groups.push({ title, items: [item] });
  }
  return groups;
}
