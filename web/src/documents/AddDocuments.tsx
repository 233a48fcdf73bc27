/** Add documents by choosing or dropping files; each is followed until it can be searched. */

import { useQueryClient } from "@tanstack/react-query";
import { FilePlus } from "lucide-react";
import { useId, useState, type DragEvent } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { ReadingRun } from "./ReadingRun";
import { Placing, type Placed } from "./Placing";

interface Added { key: number; name: string; runId: string | null; error: string | null }

export function AddDocuments() {
  const api = useApi();
  const queries = useQueryClient();
  const chooser = useId();
  const [placed, setPlaced] = useState<Placed>({ kind: "other", audience: "staff", subject: "", level: "", termNumber: "" });
  const [added, setAdded] = useState<Added[]>([]);
  const [over, setOver] = useState(false);

  const add = async (files: Iterable<File>) => {
    for (const file of files) {
      const key = Date.now() + Math.random();
      setAdded((all) => [...all, { key, name: file.name, runId: null, error: null }]);
      const form = new FormData();
      form.append("file", file);
      for (const [name, value] of Object.entries<string>({ ...placed })) if (value) form.append(name, value);
      const settle = (fields: Partial<Added>) => setAdded((all) => all.map((one) => (one.key === key ? { ...one, ...fields } : one)));
      try {
        const answer = (await (await api.fetch("/api/ai/documents/upload", { method: "POST", body: form })).json()) as { runId: string };
        settle({ runId: answer.runId });
      } catch (error) {
        settle({ error: sentence(error) });
      }
      void queries.invalidateQueries({ queryKey: ["documents"] });
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void add([...event.dataTransfer.files]);
  };

  return (
    <section className="stack" aria-label="Add documents">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a second way; the chooser in it does the same by keyboard */}
      <div role="group" aria-label="Files to add" className={`drop ${over ? "drop-over" : ""}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <Placing placed={placed} onChange={setPlaced} />
        <label className="button button-primary" htmlFor={chooser}><FilePlus size={16} aria-hidden="true" /> Choose files, or drop them here</label>
        <input
          id={chooser} className="visually-hidden" type="file" multiple accept=".pdf,.docx,.pptx,.xlsx,.html,.htm,.md,.txt,.png,.jpg,.jpeg"
          onChange={(event) => { void add([...(event.target.files ?? [])]); event.target.value = ""; }}
        />
        <p className="field-hint">PDF, Word, PowerPoint, Excel, web pages, Markdown, text. At most 50 MB and 2,000 pages each.</p>
      </div>
      <div aria-live="polite" className="stack-tight">
        {added.map((one) => (
          <div key={one.key}>
            {one.error && <Notice tone="danger"><strong>{one.name}</strong>: {one.error}</Notice>}
            {!one.error && !one.runId && <p className="muted">Sending {one.name}…</p>}
            {one.runId && <ReadingRun runId={one.runId} title={`Reading ${one.name}`} />}
          </div>
        ))}
      </div>
    </section>
  );
}
