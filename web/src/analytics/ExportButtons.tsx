import { useMutation } from "@tanstack/react-query";
import { FileSpreadsheet, FileText } from "lucide-react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { FileBlockView } from "../blocks/FileBlock";
import { Notice } from "../blocks/Notice";
import { saveFile } from "../blocks/saveFile";
import { RunProgress } from "../runs/RunProgress";
import { asQuery } from "./figureFilters";
import { useFilters } from "./useFigures";

export type ExportKind = "dashboard" | "students" | "attendance" | "grades" | "courses";
type Exported = components["schemas"]["Exported"];

/** The figures as they are filtered now, as a file; a long one is written while one goes on. */
export function ExportButtons({ kind }: { kind: ExportKind }) {
  const api = useApi();
  const filters = useFilters();
  const make = useMutation({
    mutationFn: async (fileFormat: "pdf" | "xlsx") => {
      // Without ?preview the answer is the result itself.
      const made = (await body(api.call.POST("/api/v1/analytics/exports", { body: { kind, fileFormat, ...asQuery(filters) } }))) as Exported;
      if (made.fileId) saveFile(made.name ?? `${kind}.${fileFormat}`, await (await api.fetch(`/api/files/${made.fileId}`, { headers: { Accept: "*/*" } })).blob());
      return made;
    },
  });
  const done = make.data;
  return (
    <div className="figures-export">
      <div className="button-row">
        <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate("pdf")}><FileText size={15} aria-hidden="true" /> PDF</button>
        <button type="button" className="button" disabled={make.isPending} onClick={() => make.mutate("xlsx")}><FileSpreadsheet size={15} aria-hidden="true" /> Excel</button>
      </div>
      <div role="status" className="proposal">
        {make.isPending && <p className="muted row-text">Writing the file…</p>}
        {make.error && <Notice tone="danger">{sentence(make.error)}</Notice>}
        {done?.runId && <RunProgress key={done.runId} runId={done.runId} title={done.title} />}
        {done?.fileId && <FileBlockView block={{ type: "file", name: done.name ?? kind, url: `/api/files/${done.fileId}`, mediaType: done.mediaType ?? null, size: done.size ?? null }} />}
      </div>
    </div>
  );
}
