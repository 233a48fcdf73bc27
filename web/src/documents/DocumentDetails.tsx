/** What is known of a document, changed; a newer file in its place; the document removed. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useNavigate } from "react-router";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { UploadedFile } from "../api/types";
import { Notice } from "../blocks/Notice";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { Placing, type Placed } from "./Placing";
import { ReadingRun } from "./ReadingRun";
import type { DocumentItem } from "./types";

export function DocumentDetails({ document }: { document: DocumentItem }) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const chooser = useId();
  const before: Placed = {
    kind: document.kind, audience: document.audience, subject: document.subject ?? "", level: document.level ?? "", termNumber: document.termNumber ? String(document.termNumber) : "",
  };
  const [title, setTitle] = useState(document.title);
  const [placed, setPlaced] = useState(before);
  const [removing, setRemoving] = useState(false);
  const again = () => Promise.all([queries.invalidateQueries({ queryKey: ["documents"] }), queries.invalidateQueries({ queryKey: ["document"] })]);
  const address = `/api/ai/documents/${document.documentId}`;
  const send = (path: string, method: string, json?: object) =>
    api.fetch(path, { method, ...(json ? { body: JSON.stringify(json), headers: { "Content-Type": "application/json" } } : {}) });

  const change = useMutation({
    mutationFn: () => {
      const changed = Object.entries(placed).filter(([name, value]) => value && value !== before[name as keyof Placed]);
      const fields = changed.map(([name, value]) => [name, name === "termNumber" ? Number(value) : value] as const);
      return send(address, "PATCH", { ...(title !== document.title ? { title } : {}), ...Object.fromEntries(fields) });
    },
    onSuccess: again,
  });
  const replace = useMutation({
    mutationFn: async (file: File) => {
      const form = new FormData();
      form.append("file", file);
      const kept = (await (await api.fetch("/api/uploads", { method: "POST", body: form })).json()) as UploadedFile;
      return (await (await send(`${address}/versions`, "POST", { file: kept.fileId })).json()) as { runId: string };
    },
  });
  const remove = useMutation({
    mutationFn: () => send(address, "DELETE"),
    onSuccess: () => { void queries.invalidateQueries({ queryKey: ["documents"] }); void navigate("/documents"); },
  });
  const failed = change.error ?? replace.error ?? remove.error;
  return (
    <section className="panel stack" aria-label="Details">
      <h2 className="section-title">Details</h2>
      {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      {change.isSuccess && <Notice tone="success">The details are saved.</Notice>}
      {replace.data && <ReadingRun runId={replace.data.runId} title="Reading the newer file" />}
      <form className="stack" onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
        <label className="field"><span>Title</span><input className="input" required minLength={2} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
        <Placing placed={placed} onChange={setPlaced} />
        <div className="details-actions">
          <button type="submit" className="button button-primary" disabled={change.isPending}>Save the details</button>
          <label className="button" htmlFor={chooser}>Replace with a newer file</label>
          <input id={chooser} className="visually-hidden" type="file" onChange={(event) => { const file = event.target.files?.[0]; if (file) replace.mutate(file); event.target.value = ""; }} />
          <button type="button" className="button button-quiet" onClick={() => setRemoving(true)}>Remove</button>
        </div>
      </form>
      <ConfirmDialog open={removing} onOpenChange={setRemoving} title={`Remove ${document.title}?`} text="It is gone from every search at once. It can be put back under Activity." action="Remove it" onConfirm={() => remove.mutate()} />
    </section>
  );
}
