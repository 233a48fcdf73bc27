import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowUp, Hand, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { channelWords } from "../approvals/ApprovalCardView";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";

type Step = "claim" | "release";

export function InboxThread({ id }: { id: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const end = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const path = { conversation: id };
  const found = useQuery({
    queryKey: ["inbox", id],
    queryFn: ({ signal }) => body(api.call.GET("/api/v1/inbox/{conversation}", { params: { path }, signal })),
    refetchInterval: 5_000,
  });
  const again = () => queries.invalidateQueries({ queryKey: ["inbox"] });
  const step = useMutation({
    mutationFn: async (what: Step) => {
      if (what === "claim") await api.call.POST("/api/v1/inbox/{conversation}/claim", { params: { path } });
      else await api.call.POST("/api/v1/inbox/{conversation}/release", { params: { path } });
    },
    onSettled: again,
  });
  const reply = useMutation({
    mutationFn: (words: string) => api.call.POST("/api/v1/inbox/{conversation}/replies", { params: { path }, body: { text: words } }),
    onSuccess: () => setText(""),
    onSettled: again,
  });
  const thread = found.data?.thread;
  const count = thread?.messages.length ?? 0;
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [count]);

  if (found.isPending) return <SkeletonLines lines={5} label="Loading the conversation" />;
  if (!thread) return <Notice tone="danger">{sentence(found.error)}</Notice>;
  const closed = thread.status === "closed";
  const state = closed ? "Handed back to the assistant" : thread.mine ? "You have this conversation" : thread.owner ? `${thread.owner} has this conversation` : "Waits for a person";
  return (
    <div className="phone">
      <header className="phone-head inbox-head">
        <div>
          <h2>{thread.guardian}</h2>
          <p className="muted">{channelWords(thread.channel)} · {state}</p>
        </div>
        {!closed && !thread.owner && <button type="button" className="button button-primary" disabled={step.isPending} onClick={() => step.mutate("claim")}><Hand size={16} aria-hidden="true" /> Claim</button>}
        {!closed && thread.mine && <button type="button" className="button" disabled={step.isPending} onClick={() => step.mutate("release")}><Undo2 size={16} aria-hidden="true" /> Hand back</button>}
      </header>
      <div className="phone-messages" tabIndex={0} role="log" aria-label="Messages">
        {thread.messages.map((message, at) => (
          <article key={at} className={message.direction === "note" ? "inbox-note muted" : message.direction === "in" ? "text-in" : "text-out"}>
            <p>{message.text}</p>
            <footer className="muted">{message.author} · {format.dateTime(message.at)}</footer>
          </article>
        ))}
        <div ref={end} />
      </div>
      {step.error && <Notice tone="danger">{sentence(step.error)}</Notice>}
      {reply.error && <Notice tone="danger">{sentence(reply.error)}</Notice>}
      {!closed && thread.mine && (
        <form className="phone-reply" onSubmit={(event) => { event.preventDefault(); if (text.trim()) reply.mutate(text.trim()); }}>
          <input className="input" aria-label={`Write to ${thread.guardian}`} placeholder={`Write to ${thread.guardian}`} value={text} onChange={(event) => setText(event.target.value)} maxLength={1000} autoComplete="off" />
          <button type="submit" className="send-button" aria-label="Send" disabled={!text.trim() || reply.isPending}><ArrowUp size={18} aria-hidden="true" /></button>
        </form>
      )}
    </div>
  );
}
