import { Download, FileText } from "lucide-react";
import { useState } from "react";
import type { FileBlock } from "../api/types";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { useFormat } from "../design/format";
import { saveFile } from "./saveFile";
import { safeUrl } from "./safeUrl";

export function FileBlockView({ block }: { block: FileBlock }) {
  const api = useApi();
  const format = useFormat();
  const [state, setState] = useState<"idle" | "loading" | { failed: string }>("idle");
  const ours = block.url.startsWith("/");
  const outside = ours ? null : safeUrl(block.url, api.base);

  async function download() {
    setState("loading");
    try {
      const response = await api.fetch(block.url, { headers: { Accept: "*/*" } });
      saveFile(block.name, await response.blob());
      setState("idle");
    } catch (error) {
      setState({ failed: sentence(error) });
    }
  }

  return (
    <div className="file-card">
      <FileText size={20} aria-hidden="true" />
      <div className="file-words">
        <span className="file-name">{block.name}</span>
        <span className="muted">
          {typeof state === "object" ? state.failed : block.size ? format.fileSize(block.size) : (block.mediaType ?? "File")}
        </span>
      </div>
      {ours && (
        <button type="button" className="button button-quiet" disabled={state === "loading"} onClick={() => void download()}>
          <Download size={16} aria-hidden="true" />
          {state === "loading" ? "Fetching…" : "Download"}
        </button>
      )}
      {outside && <a className="button button-quiet" href={outside} target="_blank" rel="noopener noreferrer">Open</a>}
    </div>
  );
}
