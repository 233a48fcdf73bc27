import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { FileBlockView } from "../blocks/FileBlock";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";
import { useFormat } from "../design/format";
import { RunProgress } from "../runs/RunProgress";

// Without ?preview the answer is the result itself.
type Exported = components["schemas"]["Exported"];
type Kind = "students" | "guardians" | "attendance" | "scores";
type FileFormat = "xlsx" | "csv" | "pdf";
const kinds: { id: Kind; label: string }[] = [
  { id: "students", label: "Students" }, { id: "guardians", label: "Guardians" }, { id: "attendance", label: "Attendance" }, { id: "scores", label: "Scores of this term" },
];
interface Wanted { kind: Kind; fileFormat: FileFormat; classArm?: string; firstDay?: string; lastDay?: string }

export function ExportForm() {
  const api = useApi();
  const format = useFormat();
  const [kind, setKind] = useState<Kind>("students");
  const classes = useQuery({ queryKey: ["classes"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/classes", { signal })), staleTime: 600_000 });
  const make = useMutation({ mutationFn: (wanted: Wanted) => body(api.call.POST("/api/v1/exports", { body: wanted })) as Promise<Exported> });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = (name: string) => { const value = form.get(name); return typeof value === "string" && value ? { [name]: value } : {}; };
    make.mutate({ kind, fileFormat: form.get("fileFormat") as FileFormat, ...given("classArm"), ...given("firstDay"), ...given("lastDay") });
  }

  const done = make.data;
  return (
    <form className="panel stack" onSubmit={submit} aria-labelledby="export-title">
      <h2 id="export-title" className="section-title">Export</h2>
      <div className="field-row">
        <label className="field"><span>What</span>
          <select className="input input-wide" value={kind} onChange={(event) => { setKind(event.target.value as Kind); make.reset(); }}>
            {kinds.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}
          </select>
        </label>
        <label className="field"><span>Class</span>
          <select className="input input-wide" name="classArm">
            <option value="">All I may see</option>
            {classes.data?.classes.map((one) => <option key={one.classArmId} value={one.classArmId}>{one.name}</option>)}
          </select>
        </label>
        <label className="field"><span>As</span>
          <select className="input input-wide" name="fileFormat"><option value="xlsx">Excel</option><option value="csv">CSV</option><option value="pdf">PDF</option></select>
        </label>
      </div>
      {kind === "attendance" && (
        <div className="field-row">
          <label className="field"><span>From <span className="field-hint">optional</span></span><input className="input" type="date" name="firstDay" /></label>
          <label className="field"><span>To <span className="field-hint">optional</span></span><input className="input" type="date" name="lastDay" /></label>
        </div>
      )}
      <div><button type="submit" className="button button-primary" disabled={make.isPending}>{make.isPending ? "Writing…" : "Make the file"}</button></div>
      <div role="status" className="proposal">
        {make.error && <Notice tone="danger">{sentence(make.error)}</Notice>}
        {done?.runId && <RunProgress key={done.runId} runId={done.runId} title={done.title} />}
        {done?.fileId && (
          <div className="stack-tight">
            <FileBlockView block={{ type: "file", name: done.name ?? "export", url: `/api/files/${done.fileId}`, mediaType: done.mediaType ?? null, size: done.size ?? null }} />
            <p className="muted row-text">{format.number(done.rows)} rows. The file can be opened for 7 days.</p>
          </div>
        )}
      </div>
    </form>
  );
}
