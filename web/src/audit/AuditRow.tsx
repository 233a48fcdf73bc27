import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { AuditEntry } from "../api/types";
import { doorWords } from "../approvals/doorWords";
import { Notice } from "../blocks/Notice";
import { toolTitle } from "../chat/message";
import { ConfirmDialog } from "../design/ConfirmDialog";
import { Portrait } from "../design/Portrait";
import { useFormat } from "../design/format";
import { roleWords } from "../session/SignInForm";

export function AuditRow({ entry }: { entry: AuditEntry }) {
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const undo = useMutation({
    mutationFn: () => api.call.POST("/api/audit/{entry_id}/undo", { params: { path: { entry_id: entry.id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["audit"] }),
  });
  return (
    <li className="row audit-row">
      <Portrait name={entry.who.name} size="small" />
      <div className="row-words">
        <span className="row-title">{entry.summary || toolTitle(entry.tool)}</span>
        <span className="muted row-text">
          {entry.who.name}, {roleWords(entry.who.role).toLowerCase()} · {doorWords(entry.door)}
          {entry.approvedBy ? ` · approved by ${entry.approvedBy === entry.who.name ? "themselves" : entry.approvedBy}` : ""}
          {entry.undoneAt ? ` · undone ${format.dateTime(entry.undoneAt)}` : ""}
        </span>
        {entry.undoNote && !entry.undoneAt && <span className="muted row-text">{entry.undoNote}</span>}
        {undo.error && <Notice tone="danger">{sentence(undo.error)}</Notice>}
      </div>
      <time className="muted row-time" dateTime={entry.at} title={format.ago(entry.at)}>{format.dateTime(entry.at)}</time>
      <div className="row-action">
        {entry.undoable && !entry.undoneAt && (
          <button type="button" className="button button-quiet" disabled={undo.isPending} onClick={() => setAsking(true)} aria-label={`Undo: ${entry.summary}`}>
            <Undo2 size={15} aria-hidden="true" /> {undo.isPending ? "Undoing…" : "Undo"}
          </button>
        )}
      </div>
      <ConfirmDialog
        open={asking} onOpenChange={setAsking} title="Undo this?" action="Undo it" onConfirm={() => undo.mutate()}
        text={`${entry.summary}. The records go back to what they were. Messages already sent cannot be recalled.`}
      />
    </li>
  );
}
