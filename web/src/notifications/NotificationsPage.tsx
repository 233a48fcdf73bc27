/** Everything the school told this person, newest first; pressing one reads it and goes where it points. */

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { Notification } from "../api/types";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { pageOf } from "./pageOf";

const pageSize = 30;

export default function NotificationsPage() {
  useTitle("Notifications");
  const api = useApi();
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ["notifications"],
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) => body(api.call.GET("/api/notifications", { params: { query: { page: pageParam, limit: pageSize } }, signal })),
    getNextPageParam: (page, _all, number) => (page.items.length === pageSize ? number + 1 : undefined),
  });
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["unread"] });
    void queries.invalidateQueries({ queryKey: ["notifications"] });
  };
  const readAll = useMutation({ mutationFn: () => api.call.POST("/api/notifications/read-all"), onSettled: refresh });
  const read = useMutation({ mutationFn: (id: string) => api.call.POST("/api/notifications/{notification_id}/read", { params: { path: { notification_id: id } } }), onSettled: refresh });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = items.some((item) => !item.readAt);
  return (
    <div className="page">
      <header className="page-head-row">
        <div className="page-head">
          <h1>Notifications</h1>
          <p className="muted">What happened that concerns you. <Link to="/settings/notifications">Choose what you hear about</Link></p>
        </div>
        <button type="button" className="button button-quiet" disabled={!unread || readAll.isPending} onClick={() => readAll.mutate()}>
          <CheckCheck size={16} aria-hidden="true" /> Mark all as read
        </button>
      </header>
      {list.isPending && <SkeletonLines lines={8} label="Loading notifications" />}
      {list.error && <Notice tone="danger">{sentence(list.error)}</Notice>}
      {list.isSuccess && items.length === 0 && <EmptyState title="Nothing new" text="Approvals, deliveries and finished work will be announced here." />}
      {items.length > 0 && (
        <ul className="rows">
          {items.map((item) => <NotificationRow key={item.id} item={item} onRead={() => !item.readAt && read.mutate(item.id)} />)}
        </ul>
      )}
      {list.hasNextPage && <button type="button" className="button button-quiet" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Show older</button>}
    </div>
  );
}

function NotificationRow({ item, onRead }: { item: Notification; onRead: () => void }) {
  const format = useFormat();
  const words = (
    <>
      <span className="row-words">
        <span className={item.readAt ? "row-title" : "row-title strong"}>{item.title || item.body}</span>
        {item.title && item.body && <span className="muted row-text">{item.body}</span>}
      </span>
      <time className="muted row-time" dateTime={item.createdAt} title={format.dateTime(item.createdAt)}>{format.ago(item.createdAt)}</time>
    </>
  );
  const mark = <span className={item.readAt ? "unread-dot unread-dot-off" : "unread-dot"}>{!item.readAt && <span className="visually-hidden">Unread</span>}</span>;
  const here = pageOf(item);
  return (
    <li>
      {here
        ? <Link className="row row-link" to={here} onClick={onRead}>{mark}{words}</Link>
        : <button type="button" className="row row-link" onClick={onRead}>{mark}{words}</button>}
    </li>
  );
}
