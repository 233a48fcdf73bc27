import { useQueryClient, type InfiniteData } from "@tanstack/react-query";
import type { ConversationSummary, Page } from "../api/types";

/** The title the list already knows; asking the server again would be waste. */
export function useConversationTitle(id: string): string {
  const queries = useQueryClient();
  const lists = queries.getQueriesData<InfiniteData<Page<ConversationSummary>>>({ queryKey: ["conversations"] });
  for (const [, list] of lists) {
    const found = list?.pages.flatMap((page) => page.items).find((item) => item.id === id);
    if (found?.title) return found.title;
  }
  return "Conversation";
}
