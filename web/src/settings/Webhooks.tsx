/** Webhooks: which programs hear of events, whether they did, their signing secrets, and trying one out. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { WebhookLine, WebhookMessageLine } from "../api/types";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { SkeletonLines } from "../design/Skeleton";
import { StatusBadge } from "../design/StatusBadge";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";

export function Webhooks() {
  const api = useApi();
  const { can } = useSession();
  const found = useQuery({ queryKey: ["webhooks"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/webhooks", { signal })), refetchInterval: 10_000 });
  return (
    <div className="stack">
      <p className="muted">Other programs hear of what happens here: each message is signed, tried again when it fails, and holds ids, never scores or names.</p>
      {found.isPending && <SkeletonLines lines={3} label="Loading the webhooks" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {found.data && can("webhooks:write") && <NewWebhook events={found.data.events} />}
      {found.data && found.data.webhooks.length > 0 && (
        <ul className="rows">{found.data.webhooks.map((one) => <WebhookRow key={one.id} item={one} />)}</ul>
      )}
      {found.data && found.data.webhooks.length > 0 && <Messages />}
    </div>
  );
}

function NewWebhook({ events }: { events: string[] }) {
  const api = useApi();
  const queries = useQueryClient();
  const [all, setAll] = useState(true);
  const add = useMutation({
    mutationFn: (wanted: { url: string; events: string[] }) => body(api.call.POST("/api/v1/webhooks", { body: wanted })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const shown = event.currentTarget;
    const form = new FormData(shown);
    const url = form.get("url");
    const wanted = all ? [] : form.getAll("event").filter((one) => typeof one === "string");
    add.mutate({ url: typeof url === "string" ? url.trim() : "", events: wanted }, { onSuccess: () => shown.reset() });
  }
  return (
    <form className="panel stack" onSubmit={submit}>
      <h2 className="section-title">New webhook</h2>
      <label className="field"><span>Address</span><input className="input" type="url" name="url" required maxLength={500} placeholder="https://example.com/hooks" /></label>
      <fieldset className="stack-tight">
        <legend className="field-label">Hears of</legend>
        <label className="choice-line"><input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> Everything</label>
        {!all && (
          <div className="scopes">
            {events.map((name) => (
              <label key={name} className="choice-line"><input type="checkbox" name="event" value={name} /> <code>{name}</code></label>
            ))}
          </div>
        )}
      </fieldset>
      <div role="alert">{add.error && <Notice tone="danger">{sentence(add.error)}</Notice>}</div>
      <div><button type="submit" className="button button-primary" disabled={add.isPending}>{add.isPending ? "Adding…" : "Add the webhook"}</button></div>
    </form>
  );
}

function WebhookRow({ item }: { item: WebhookLine }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const path = { params: { path: { webhook: item.id } } };
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ["webhooks"] }), queries.invalidateQueries({ queryKey: ["webhook-messages"] })]);
  const test = useMutation({ mutationFn: () => body(api.call.POST("/api/v1/webhooks/{webhook}/test", path)), onSettled: refresh });
  const turn = useMutation({ mutationFn: () => body(api.call.PUT("/api/v1/webhooks/{webhook}", { ...path, body: { enabled: !item.enabled } })), onSettled: refresh });
  const remove = useMutation({ mutationFn: () => body(api.call.DELETE("/api/v1/webhooks/{webhook}", path)), onSettled: refresh });
  const secret = useMutation({ mutationFn: () => body(api.call.GET("/api/webhooks/{webhook_id}/secret", { params: { path: { webhook_id: item.id } } })) });
  const failed = test.error ?? turn.error ?? remove.error ?? secret.error;
  const state = item.enabled ? (item.failingSince ? `failing since ${format.date(item.failingSince)}` : "on") : `off: ${item.disabledReason ?? "switched off"}`;
  const facts = [item.events.join(", ") || "everything", state, `${item.delivered} delivered`, item.waiting ? `${item.waiting} waiting` : "", item.failed ? `${item.failed} failed` : ""];
  return (
    <li className="row row-wrap webhook">
      <div className="row-words">
        <span className="row-title strong">{item.url}</span>
        <span className="muted row-text">{facts.filter(Boolean).join(" · ")}</span>
        {secret.data && <code className="secret">{secret.data.secret}</code>}
        {test.isSuccess && <Notice tone="info">A test message is on its way; its answer shows below.</Notice>}
        {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      </div>
      {can("webhooks:write") && (
        <div className="button-row">
          <button type="button" className="button button-quiet" disabled={test.isPending} onClick={() => test.mutate()} aria-label={`Test ${item.url}`}>Test</button>
          <button type="button" className="button button-quiet" onClick={() => secret.mutate()} aria-label={`Show the secret of ${item.url}`}>Secret</button>
          <button type="button" className="button button-quiet" disabled={turn.isPending} onClick={() => turn.mutate()} aria-label={`Switch ${item.url} ${item.enabled ? "off" : "on"}`}>{item.enabled ? "Off" : "On"}</button>
          <button type="button" className="button button-quiet" onClick={() => setAsking(true)} aria-label={`Remove ${item.url}`}>Remove</button>
        </div>
      )}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title="Remove this webhook?" text={`${item.url} hears of nothing any more. Activity can bring it back.`} action="Remove" onConfirm={() => remove.mutate()} />
    </li>
  );
}

function Messages() {
  const api = useApi();
  const queries = useQueryClient();
  const { can } = useSession();
  const found = useQuery({ queryKey: ["webhook-messages"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/webhook-messages", { params: { query: { limit: 20 } }, signal })), refetchInterval: 10_000 });
  const replay = useMutation({
    mutationFn: () => body(api.call.POST("/api/v1/webhook-messages/replay", { body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhook-messages"] }),
  });
  const failures = found.data?.messages.filter((one) => one.state === "failed").length ?? 0;
  return (
    <section className="stack" aria-label="Messages">
      <h2 className="section-title">Latest messages</h2>
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {found.data?.messages.length === 0 && <p className="muted">Nothing sent yet. Send a test message, or wait for the first event.</p>}
      {failures > 0 && can("webhooks:write") && (
        <div><button type="button" className="button button-quiet" disabled={replay.isPending} onClick={() => replay.mutate()}>Send the failed ones again</button></div>
      )}
      {found.data && found.data.messages.length > 0 && <ul className="rows">{found.data.messages.map((one) => <MessageRow key={one.id} item={one} />)}</ul>}
    </section>
  );
}

function MessageRow({ item }: { item: WebhookMessageLine }) {
  const format = useFormat();
  const answer = [item.status, item.detail].filter(Boolean).join(" ");
  return (
    <li className="row">
      <div className="row-words">
        <span className="row-title"><code>{item.event}</code> <StatusBadge status={item.state} /></span>
        <span className="muted row-text">{[format.ago(item.at), item.url, `${item.attempts} ${item.attempts === 1 ? "attempt" : "attempts"}`, answer].filter(Boolean).join(" · ")}</span>
      </div>
    </li>
  );
}
