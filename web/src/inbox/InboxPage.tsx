/** Guardians on SMS and WhatsApp who want a person: who waits, who has whom, and the conversation itself. */

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { Link, NavLink, useParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { channelWords } from "../approvals/ApprovalCardView";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useTitle } from "../shell/useTitle";
import { InboxThread } from "./InboxThread";
import "./inbox.css";

export default function InboxPage() {
  useTitle("Inbox");
  const { conversationId } = useParams();
  const api = useApi();
  const format = useFormat();
  const inbox = useQuery({
    queryKey: ["inbox"],
    queryFn: ({ signal }) => body(api.call.GET("/api/v1/inbox", { signal })),
    refetchInterval: 10_000,
  });
  const items = inbox.data?.items ?? [];
  return (
    <div className={conversationId ? "phones phones-chosen" : "phones"}>
      <h1 className="visually-hidden">Inbox</h1>
      <section className="phones-list" aria-label="Conversations of the inbox">
        <header className="page-head">
          <p className="page-title" aria-hidden="true">Inbox</p>
          <p className="muted">Guardians who asked for a person. While somebody has a conversation, the assistant is silent in it.</p>
        </header>
        {inbox.isPending && <SkeletonLines lines={5} label="Loading the inbox" />}
        {inbox.error && <Notice tone="danger">{sentence(inbox.error)}</Notice>}
        {inbox.isSuccess && items.length === 0 && <p className="muted list-empty">Nobody waits for a person.</p>}
        {items.length > 0 && <ul className="rows">
          {items.map((item) => (
            <li key={item.id}>
              <NavLink className="row row-link inbox-row row-wrap" to={`/inbox/${item.id}`}>
                <span className="row-words">
                  <span className="row-title">{item.guardian}</span>
                  <span className="muted row-text inbox-last">{item.lastText}</span>
                </span>
                <StatusBadge status={item.status === "waiting" ? "pending" : "active"} label={item.status === "waiting" ? "Waiting" : item.mine ? "Yours" : `With ${item.owner ?? "somebody"}`} />
                <time className="muted row-time" dateTime={item.lastAt} title={format.dateTime(item.lastAt)}>{channelWords(item.channel)} · {format.ago(item.lastAt)}</time>
              </NavLink>
            </li>
          ))}
        </ul>}
      </section>
      <section className="phones-screen" aria-label="Conversation">
        {conversationId && <Link to="/inbox" className="button button-plain phones-back"><ArrowLeft size={16} aria-hidden="true" /> All conversations</Link>}
        {conversationId ? <InboxThread key={conversationId} id={conversationId} />
          : <EmptyState title="Choose a conversation" text="Read what was written, claim it, and answer as yourself." />}
      </section>
    </div>
  );
}
