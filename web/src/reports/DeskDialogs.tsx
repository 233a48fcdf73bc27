/** What can be asked for on a class's desk, each with its preview. */

import { useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { RemarksView } from "../api/types";
import { PreviewDialog } from "./PreviewDialog";

export type Asking = "draft" | "approve" | "return" | "release" | "withdraw" | "print";

interface DeskDialogsProps { view: RemarksView; asking: Asking | null; onClose: () => void; onDone: (answer: unknown) => void }

export function DeskDialogs({ view, asking, onClose, onDone }: DeskDialogsProps) {
  const api = useApi();
  const [reason, setReason] = useState("");
  const [given, setGiven] = useState("");
  const [releaseOn, setReleaseOn] = useState("");
  const path = { classArm: view.reports.classArmId };
  const term = view.termId;
  const dialog = (kind: Asking) => ({ open: asking === kind, onOpenChange: (open: boolean) => { if (!open) onClose(); }, onDone });
  useEffect(() => {
    const waiting = setTimeout(() => setGiven(reason.trim()), 400);
    return () => clearTimeout(waiting);
  }, [reason]);
  return (
    <>
      <PreviewDialog {...dialog("draft")} title="Draft the empty remarks" action="Draft them"
        ask={(preview) => api.call.POST("/api/reports/remarks/{classArm}/drafts", { params: { path, query: { preview } }, body: { term } })} />
      <PreviewDialog {...dialog("approve")} title="Approve the report cards" action="Approve"
        ask={(preview) => api.call.POST("/api/reports/approvals/{classArm}", { params: { path, query: { preview } }, body: { term } })} />
      <PreviewDialog {...dialog("return")} title="Return the report cards" action="Return them" version={given} ready={given.length >= 3}
        ask={(preview) => api.call.POST("/api/reports/approvals/{classArm}/return", { params: { path, query: { preview } }, body: { term, reason: given } })}>
        <label className="field"><span>What is to be mended</span>
          <textarea className="input" rows={3} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
      </PreviewDialog>
      <PreviewDialog {...dialog("release")} title="Release the report cards" action={releaseOn ? "Release on that day" : "Release now"} version={releaseOn}
        ask={(preview) => api.call.POST("/api/reports/releases/{classArm}", { params: { path, query: { preview } }, body: { term, ...(releaseOn ? { releaseOn } : {}) } })}>
        <label className="field"><span>First day guardians see them</span>
          <input className="input" type="date" value={releaseOn} onChange={(event) => setReleaseOn(event.target.value)} />
          <span className="field-hint">Leave it empty to release at once.</span></label>
      </PreviewDialog>
      <PreviewDialog {...dialog("withdraw")} title="Take the report cards back" action="Take them back" danger
        ask={(preview) => api.call.DELETE("/api/reports/releases/{classArm}", { params: { path, query: { preview, term } } })} />
      <PreviewDialog {...dialog("print")} title="Print the report cards" action="Make the files"
        ask={(preview) => api.call.POST("/api/reports/generate", { params: { query: { preview } }, body: { classArm: path.classArm, term } })} />
    </>
  );
}
