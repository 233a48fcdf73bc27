import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { Channel, SandboxPhone } from "../api/types";
import { channelWords } from "../approvals/ApprovalCardView";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { childNames } from "./childNames";

const channels: Channel[] = ["sms", "whatsapp", "email"];

export function PhoneScreen({ number, phone }: { number: string; phone: SandboxPhone | undefined }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const end = useRef<HTMLDivElement>(null);
  const messages = useQuery({
    queryKey: ["sandbox-messages", number],
    queryFn: ({ signal }) => body(api.call.GET("/api/sandbox/phones/{number}/messages", { params: { path: { number } }, signal })),
    refetchInterval: 15_000,
  });
  const items = messages.data?.items ?? [];
  const [channel, setChannel] = useState<Channel>("sms");
  const [text, setText] = useState("");
  const reply = useMutation({
    mutationFn: (words: string) => api.call.POST("/api/sandbox/phones/{number}/messages", { params: { path: { number } }, body: { text: words, channel } }),
    onSuccess: () => {
      setText("");
      void queries.invalidateQueries({ queryKey: ["sandbox-messages", number] });
      void queries.invalidateQueries({ queryKey: ["sandbox-phones"] });
    },
  });
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [items.length]);
  const children = phone ? childNames(phone) : "";

  return (
    <div className="phone">
      <header className="phone-head">
        <h2>{phone?.name ?? number}</h2>
        <p className="muted">{[phone?.name ? number : null, children && `Guardian of ${children}`].filter(Boolean).join(" · ")}</p>
      </header>
      <div className="phone-messages" tabIndex={0} role="log" aria-label="Messages on this phone">
        {messages.isPending && <SkeletonLines lines={4} />}
        {messages.error && <Notice tone="danger">{sentence(messages.error)}</Notice>}
        {messages.isSuccess && items.length === 0 && <p className="muted list-empty">Nothing has arrived on this phone yet.</p>}
        {items.map((message) => (
          // "out" is out of the school: it arrives on this phone. "in" is what its owner wrote.
          <article key={message.id} className={message.direction === "out" ? "text-in" : "text-out"}>
            <p>{message.text}</p>
            <footer className="muted">
              {[channelWords(message.channel), format.dateTime(message.at), message.status].filter(Boolean).join(" · ")}
            </footer>
          </article>
        ))}
        <div ref={end} />
      </div>
      {reply.error && <Notice tone="danger">{sentence(reply.error)}</Notice>}
      <form className="phone-reply" onSubmit={(event) => { event.preventDefault(); if (text.trim()) reply.mutate(text.trim()); }}>
        <select className="input" aria-label="Channel" value={channel} onChange={(event) => setChannel(event.target.value as Channel)}>
          {channels.map((one) => <option key={one} value={one}>{channelWords(one)}</option>)}
        </select>
        <input className="input" aria-label={`Reply as ${phone?.name ?? number}`} placeholder={`Reply as ${phone?.name ?? number}`} value={text} onChange={(event) => setText(event.target.value)} maxLength={2000} autoComplete="off" />
        <button type="submit" className="send-button" aria-label="Send the reply" disabled={!text.trim() || reply.isPending}><ArrowUp size={18} aria-hidden="true" /></button>
      </form>
    </div>
  );
}
