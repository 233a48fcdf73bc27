/** The person's conversations, newest first, searchable, renamed and deleted in place. */

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { DropdownMenu } from "radix-ui";
import { Download, Ellipsis, Pencil, Search, Trash2 } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { NavLink, useMatch, useNavigate } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { ConversationSummary } from "../api/types";
import { saveFile } from "../blocks/saveFile";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { SkeletonLines } from "../design/Skeleton";
import { groupByDay } from "./groupByDay";

export function ConversationList() {
  const api = useApi();
  const [search, setSearch] = useState("");
  const term = useDeferredValue(search.trim());
  const list = useInfiniteQuery({
    queryKey: ["conversations", term],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      body(api.call.GET("/api/conversations", { params: { query: { limit: 30, search: term, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="conversations" aria-label="Conversations">
      <label className="search">
        <Search size={15} aria-hidden="true" />
        <input type="search" value={search} onChange={(event) => setSearch(event.target.value)} placeholder="Search conversations" aria-label="Search conversations" />
      </label>
      <div>
        {list.isPending && <SkeletonLines lines={4} label="Loading conversations" />}
        {list.isError && <p className="muted list-empty">Conversations could not be loaded. <button type="button" className="button button-plain" onClick={() => void list.refetch()}>Try again</button></p>}
        {list.isSuccess && items.length === 0 && <p className="muted list-empty">{term ? `Nothing found for “${term}”.` : "Your conversations will be listed here."}</p>}
        {groupByDay(items).map((group) => (
          <section key={group.title}>
            <h2 className="list-heading">{group.title}</h2>
            <ul>{group.items.map((item) => <ConversationRow key={item.id} item={item} />)}</ul>
          </section>
        ))}
        {list.hasNextPage && <button type="button" className="button button-plain" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Older conversations</button>}
      </div>
    </section>
  );
}

function ConversationRow({ item }: { item: ConversationSummary }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const here = useMatch(`/c/${item.id}`) !== null;
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const params = { path: { conversation_id: item.id } };
  const title = item.title || item.preview || "New conversation";
  const refresh = () => queries.invalidateQueries({ queryKey: ["conversations"] });
  const rename = useMutation({ mutationFn: (words: string) => api.call.PATCH("/api/conversations/{conversation_id}", { params, body: { title: words } }), onSettled: refresh });
  const remove = useMutation({
    mutationFn: () => api.call.DELETE("/api/conversations/{conversation_id}", { params }),
    onSuccess: () => { if (here) void navigate("/"); },
    onSettled: refresh,
  });

  async function exportIt() {
    const response = await api.fetch(`/api/conversations/${item.id}/export`, { headers: { Accept: "text/markdown, */*" } });
    saveFile(`${title.slice(0, 60)}.md`, await response.blob());
  }

  if (renaming) {
    return (
      <li>
        <form
          className="rename"
          onSubmit={(event) => {
            event.preventDefault();
            const words = new FormData(event.currentTarget).get("title");
            if (typeof words === "string" && words.trim()) rename.mutate(words.trim());
            setRenaming(false);
          }}
        >
          {/* Focus follows the person's own request to rename. */}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
          <input className="input" name="title" defaultValue={title} autoFocus aria-label="Title" maxLength={120} onKeyDown={(event) => event.key === "Escape" && setRenaming(false)} onBlur={() => setRenaming(false)} />
        </form>
      </li>
    );
  }
  return (
    <li className="conversation-row">
      <NavLink to={`/c/${item.id}`} title={title}><span className="conversation-title">{title}</span></NavLink>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="icon-button row-menu" aria-label={`Actions for ${title}`}><Ellipsis size={16} aria-hidden="true" /></DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
            <DropdownMenu.Item className="menu-item" onSelect={() => setRenaming(true)}><Pencil size={15} aria-hidden="true" /> Rename</DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item" onSelect={() => void exportIt()}><Download size={15} aria-hidden="true" /> Export</DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item menu-danger" onSelect={() => setDeleting(true)}><Trash2 size={15} aria-hidden="true" /> Delete</DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <ConfirmDialog
        open={deleting} onOpenChange={setDeleting} title="Delete this conversation?" action="Delete"
        text={`“${title}” is removed from your list. What was done in it stays in the activity record.`} onConfirm={() => remove.mutate()}
      />
    </li>
  );
}
