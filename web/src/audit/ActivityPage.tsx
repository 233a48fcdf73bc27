/** The audit trail: who did what, by which door, approved by whom; and undo where the world allows it. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { AuditRow } from "./AuditRow";
import { useTitle } from "../shell/useTitle";

export default function ActivityPage() {
  useTitle("Activity");
  const api = useApi();
  const [filters, setFilters] = useSearchParams();
  const who = filters.get("who") ?? "";
  const list = useInfiniteQuery({
    queryKey: ["audit", who],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      body(api.call.GET("/api/audit", { params: { query: { limit: 50, ...(who ? { who } : {}), ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <header className="page-head-row">
        <div className="page-head">
          <h1>Activity</h1>
          <p className="muted">Every change and every sending, with the person, the door and the approval behind it.</p>
        </div>
        <form
          className="filter" role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const words = new FormData(event.currentTarget).get("who");
            setFilters(typeof words === "string" && words.trim() ? { who: words.trim() } : {}, { replace: true });
          }}
        >
          <input key={who} className="input" type="search" name="who" defaultValue={who} placeholder="Person" aria-label="Show one person's activity" />
          <button type="submit" className="button">Filter</button>
        </form>
      </header>
      {list.isPending && <SkeletonLines lines={10} label="Loading the activity" />}
      {list.error && <Notice tone="danger">{sentence(list.error)}</Notice>}
      {list.isSuccess && items.length === 0 && <EmptyState title={who ? `Nothing by “${who}”` : "Nothing has been done yet"} text={who ? "Check the spelling, or clear the filter." : "The first change made through any door is recorded here."} />}
      {items.length > 0 && <ol className="rows">{items.map((entry) => <AuditRow key={entry.id} entry={entry} />)}</ol>}
      {list.hasNextPage && <button type="button" className="button button-quiet" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show earlier</button>}
    </div>
  );
}
