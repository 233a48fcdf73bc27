/** Keys for programs: the secret is shown once, scopes are never wider than the person's own rights. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { ApiKey } from "../api/types";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";

interface NewKey { name: string; scopes: string[]; expiresOn?: string }

export function ApiKeys() {
  const api = useApi();
  const queries = useQueryClient();
  const [fresh, setFresh] = useState<string | null>(null);
  const keys = useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => body(api.call.GET("/api/keys", { signal })) });
  const make = useMutation({
    mutationFn: (wanted: NewKey) => body(api.call.POST("/api/keys", { body: wanted })),
    onSuccess: (made) => { setFresh(made.key); return queries.invalidateQueries({ queryKey: ["keys"] }); },
  });
  return (
    <div className="stack">
      <p className="muted">A key lets a program do what you may do, within the scopes you give it. The API is described at <a href="/api/docs" target="_blank" rel="noreferrer">/api/docs</a>.</p>
      {fresh && <Secret value={fresh} />}
      <NewKeyForm busy={make.isPending} error={make.error ? sentence(make.error) : null} onMake={(wanted) => make.mutate(wanted)} />
      {keys.isPending && <SkeletonLines lines={3} label="Loading the keys" />}
      {keys.error && <Notice tone="danger">{sentence(keys.error)}</Notice>}
      {keys.data && keys.data.items.length > 0 && (
        <ul className="rows">{keys.data.items.map((key) => <KeyRow key={key.id} item={key} onFresh={setFresh} />)}</ul>
      )}
    </div>
  );
}

function Secret({ value }: { value: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Notice
      tone="success"
      action={(
        <button type="button" className="button button-quiet" onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}>
          {copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />} {copied ? "Copied" : "Copy"}
        </button>
      )}
    >
      Your new key. Copy it now, it is not shown again.
      <code className="secret">{value}</code>
    </Notice>
  );
}

function NewKeyForm({ busy, error, onMake }: { busy: boolean; error: string | null; onMake: (wanted: NewKey) => void }) {
  const { permissions } = useSession();
  const [all, setAll] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const words = (name: string) => { const value = form.get(name); return typeof value === "string" ? value.trim() : ""; };
    const expiresOn = words("expiresOn");
    const scopes = all ? ["*"] : form.getAll("scope").filter((scope) => typeof scope === "string");
    onMake({ name: words("name"), scopes, ...(expiresOn ? { expiresOn } : {}) });
  }
  return (
    <form className="panel stack" onSubmit={submit}>
      <h2 className="section-title">New key</h2>
      <div className="field-row">
        <label className="field"><span>Name</span><input className="input" name="name" required maxLength={80} placeholder="Report portal" /></label>
        <label className="field"><span>Last day <span className="field-hint">optional</span></span><input className="input" type="date" name="expiresOn" /></label>
      </div>
      <fieldset className="stack-tight">
        <legend className="field-label">Scopes</legend>
        <label className="choice-line"><input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} /> Everything I may do</label>
        {!all && (
          <div className="scopes">
            {permissions.map((permission) => (
              <label key={permission} className="choice-line"><input type="checkbox" name="scope" value={permission} /> <code>{permission}</code></label>
            ))}
          </div>
        )}
      </fieldset>
      <div role="alert">{error && <Notice tone="danger">{error}</Notice>}</div>
      <div><button type="submit" className="button button-primary" disabled={busy}>{busy ? "Making…" : "Make the key"}</button></div>
    </form>
  );
}

function KeyRow({ item, onFresh }: { item: ApiKey; onFresh: (secret: string) => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({ mutationFn: () => api.call.DELETE("/api/keys/{key_id}", { params: { path: { key_id: item.id } } }), onSettled: () => queries.invalidateQueries({ queryKey: ["keys"] }) });
  const rotate = useMutation({
    mutationFn: () => body(api.call.POST("/api/keys/{key_id}/rotation", { params: { path: { key_id: item.id } }, body: { overlapHours: 24 } })),
    onSuccess: (made) => { onFresh(made.key); return queries.invalidateQueries({ queryKey: ["keys"] }); },
  });
  const failed = revoke.error ?? rotate.error;
  const facts = [
    item.scopes.includes("*") ? "everything you may do" : item.scopes.join(", "),
    item.expiresAt ? `until ${format.date(item.expiresAt)}` : "no end",
    item.lastUsedAt ? `last used ${format.ago(item.lastUsedAt)}` : "never used",
  ];
  return (
    <li className="row">
      <div className="row-words">
        <span className="row-title strong">{item.name} <code className="muted">{item.prefix}…</code></span>
        <span className="muted row-text">{facts.join(" · ")}</span>
        {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      </div>
      <button type="button" className="button button-quiet" disabled={rotate.isPending} onClick={() => rotate.mutate()} aria-label={`Replace ${item.name}`} title="A new key; this one works for another day">Replace</button>
      <button type="button" className="button button-quiet" onClick={() => setAsking(true)} aria-label={`Revoke ${item.name}`}>Revoke</button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Revoke “${item.name}”?`} text="Programs that use it stop working at once." action="Revoke" onConfirm={() => revoke.mutate()} />
    </li>
  );
}
