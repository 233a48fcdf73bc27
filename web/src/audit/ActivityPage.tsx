/** The audit trail: who did what, by which door, approved by whom; and undo where the world allows it. */

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { AuditEntry } from "../api/types";
import { doorWords } from "../approvals/doorWords";
import { Notice } from "../blocks/Notice";
import { toolTitle } from "../chat/message";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { EmptyState } from "../design/EmptyState";
import { Portrait } from "../design/Portrait";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { roleWords } from "../session/SignInForm";
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

function AuditRow({ entry }: { entry: AuditEntry }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () => api.call.POST("/api/audit/{entry_id}/undo", { params: { path: { entry_id: entry.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["audit"] }),
  });
  return (
    <li className="row audit-row">
      <Portrait name={entry.who.name} size="small" />
      <div className="row-words">
        <span className="row-title">{entry.summary || toolTitle(entry.tool)}</span>
        <span className="muted row-text">
          {entry.who.name}, {roleWords(entry.who.role).toLowerCase()} · {doorWords(entry.door)}
          {entry.approvedBy ? ` · approved by ${entry.approvedBy}` : ""}
          {entry.undoneAt ? ` · undone ${format.dateTime(entry.undoneAt)}` : ""}
        </span>
        {entry.undoNote && !entry.undoneAt && <span className="muted row-text">{entry.undoNote}</span>}
        {undo.error && <Notice tone="danger">{sentence(undo.error)}</Notice>}
      </div>
      <time className="muted row-time" dateTime={entry.at} title={format.dateTime(entry.at)}>{format.ago(entry.at)}</time>
      <div className="row-action">
        {entry.undoable && !entry.undoneAt && (
          <button type="button" className="button button-quiet" disabled={undo.isPending} onClick={() => setAsking(true)} aria-label={`Undo: ${entry.summary}`}>
            <Undo2 size={15} aria-hidden="true" /> {undo.isPending ? "Undoing…" : "Undo"}
          </button>
        )}
      </div>
      <ConfirmDialog
        open={asking} onOpenChange={setAsking} title="Undo this?" action="Undo it" onConfirm={() => undo.mutate()}
        text={`${entry.summary}. The records go back to what they were. Messages already sent cannot be recalled.`}
      />
    </li>
  );
}
