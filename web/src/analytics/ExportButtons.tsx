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
import type { FigureQuery } from "./figureFilters";

export interface FiguresFile {
  kind: components["schemas"]["FiguresKind"];
  only?: FigureQuery & { students?: string[] };
}
type Exported = components["schemas"]["Exported"];

/** The figures as the page shows them, as a file; a long one is written while one goes on. */
export function ExportButtons({ kind, only }: FiguresFile) {
  const api = useApi();
  const make = useMutation({
    mutationFn: async (fileFormat: "pdf" | "xlsx") => {
      // Without ?preview the answer is the result itself.
      const made = (await body(api.call.POST("/api/v1/analytics/exports", { body: { kind, fileFormat, ...only } }))) as Exported;
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
