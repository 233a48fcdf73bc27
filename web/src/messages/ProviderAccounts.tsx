/** The school's accounts with messaging providers. Secrets go in and never come back out. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { SkeletonLines } from "../design/Skeleton";
import { channelTitles } from "./words";

type AccountIn = components["schemas"]["AccountIn"];
type Account = components["schemas"]["AccountOut"];
type Provider = components["schemas"]["ProviderOut"];

const queryKey = ["channel-accounts"];
const names: Record<string, string> = { twilio: "Twilio", africastalking: "Africa's Talking", meta: "WhatsApp (Meta)", smtp: "Mail server (SMTP)", ses: "Amazon SES", webpush: "Web push" };
const options: Record<string, string[]> = { smtp: ["host", "port"], ses: ["region"] };
const wordsOf = (name: string) => name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());

export function ProviderAccounts() {
  const api = useApi();
  const queries = useQueryClient();
  const list = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/channel-accounts", { signal })) });
  const [leaving, setLeaving] = useState<Account | null>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey });
  const remove = useMutation({ mutationFn: (id: string) => api.call.DELETE("/api/channel-accounts/{account_id}", { params: { path: { account_id: id } } }), onSuccess: refresh });
  if (list.isPending) return <SkeletonLines lines={4} label="Loading the accounts" />;
  if (list.error) return <Notice tone="danger">{sentence(list.error)}</Notice>;
  return (
    <div className="stack">
      <p className="muted">Messages go through the first account of their channel, and through the next one when that is down. Without an account they stay on the sandbox's phones.</p>
      {remove.error && <Notice tone="danger">{sentence(remove.error)}</Notice>}
      {list.data.items.length > 0 && (
        <ul className="rows">
          {list.data.items.map((one) => (
            <li key={one.id} className="row">
              <div className="row-words">
                <strong>{names[one.provider] ?? one.provider}, {channelTitles[one.channel] ?? one.channel}</strong>
                <span className="muted row-text">{one.sender}{one.perSecond ? `, ${one.perSecond} a second` : ""}</span>
                <code className="row-text hook-address">{one.hook}</code>
              </div>
              <button type="button" className="button button-quiet" onClick={() => setLeaving(one)}>Remove</button>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={leaving !== null} onOpenChange={(open) => { if (!open) setLeaving(null); }} title={`Remove ${leaving ? (names[leaving.provider] ?? leaving.provider) : "it"}?`}
        text="Its secrets are deleted. Messages of this channel go through the next account, or stay in the sandbox."
        action="Remove" onConfirm={() => { if (leaving) remove.mutate(leaving.id); }}
      />
      <NewAccount providers={list.data.providers} onAdded={refresh} />
    </div>
  );
}

function NewAccount({ providers, onAdded }: { providers: Provider[]; onAdded: () => void }) {
  const api = useApi();
  const [key, setKey] = useState("sms twilio");
  const add = useMutation({ mutationFn: (account: AccountIn) => body(api.call.POST("/api/channel-accounts", { body: account })), onSuccess: onAdded });
  const chosen = providers.find((one) => `${one.channel} ${one.provider}` === key) ?? providers[0];
  if (!chosen) return null;
  const settings = options[chosen.provider] ?? [];
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const text = (name: string) => { const value = given.get(name); return typeof value === "string" ? value.trim() : ""; };
    const filled = (wanted: string[], prefix: string): Record<string, string> => Object.fromEntries(wanted.map((name): [string, string] => [name, text(prefix + name)]).filter(([, value]) => value !== ""));
    if (!chosen) return;
    add.mutate(
      { channel: chosen.channel as AccountIn["channel"], provider: chosen.provider, sender: text("sender"), position: 0, perSecond: Number(text("perSecond")) || null, secrets: filled(chosen.secrets, "secret "), options: filled(settings, "option ") },
      { onSuccess: () => form.reset() },
    );
  }
  return (
    <form className="panel stack" onSubmit={submit}>
      <h2 className="section-title">Add an account</h2>
      {add.error && <Notice tone="danger">{sentence(add.error)}</Notice>}
      {add.data && <Notice tone="success">Added. Give the address above to the provider for receipts and replies.</Notice>}
      <label className="field"><span>Provider</span>
        <select className="input" value={`${chosen.channel} ${chosen.provider}`} onChange={(event) => setKey(event.target.value)}>
          {providers.map((one) => <option key={`${one.channel} ${one.provider}`} value={`${one.channel} ${one.provider}`}>{names[one.provider] ?? one.provider}, {channelTitles[one.channel] ?? one.channel}</option>)}
        </select>
      </label>
      <label className="field"><span>Sender</span><input className="input" name="sender" required maxLength={120} /><span className="field-hint">The number, address or name that messages come from.</span></label>
      {settings.map((name) => <label key={name} className="field"><span>{wordsOf(name)}</span><input className="input" name={`option ${name}`} required={name === "host"} /></label>)}
      {chosen.secrets.map((name) => <label key={`${key} ${name}`} className="field"><span>{wordsOf(name)}</span><input className="input" type="password" autoComplete="off" name={`secret ${name}`} required={chosen.provider !== "smtp"} /></label>)}
      <label className="field"><span>Messages a second</span><input className="input" type="number" min={1} max={10_000} name="perSecond" /><span className="field-hint">What the provider accepts. Leave empty for its usual rate.</span></label>
      <div className="button-row"><button type="submit" className="button button-primary" disabled={add.isPending}>{add.isPending ? "Adding…" : "Add"}</button></div>
    </form>
  );
}
