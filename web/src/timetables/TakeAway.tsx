/** The timetable out of the program: PDF, XLSX, and a private address for calendars. */

import { useMutation } from "@tanstack/react-query";
import { CalendarPlus, Copy, Download } from "lucide-react";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { FileBlockView } from "../blocks/FileBlock";
import { useSession } from "../session/SessionContext";
import type { Choice, Grid } from "./week";

export function TakeAway({ grid, choice }: { grid: Grid; choice: Choice | undefined }) {
  const api = useApi();
  const { user } = useSession();
  const whose = choice?.kind === "class" ? { classArm: choice.id } : choice?.kind === "teacher" ? { teacher: choice.id } : {};
  const files = useMutation({
    mutationFn: () => body(api.call.GET("/api/timetable/files", { params: { query: { timetable: grid.timetableId, ...whose } } })),
  });
  const own = choice?.kind === "teacher" && choice.id === user.personId;
  const address = useMutation({
    mutationFn: () => body(api.call.GET("/api/timetable/calendar-address", { params: { query: choice?.kind === "class" ? { classArm: choice.id } : {} } })),
  });
  const canSubscribe = grid.state === "published" && (choice?.kind === "class" || own);
  const failed = files.error ?? address.error;
  return (
    <section className="stack-tight" aria-label="Take it with you">
      <div className="take-away">
        <button type="button" className="button" disabled={files.isPending} onClick={() => files.mutate()}><Download size={15} aria-hidden="true" /> PDF and XLSX</button>
        {canSubscribe && <button type="button" className="button" disabled={address.isPending} onClick={() => address.mutate()}><CalendarPlus size={15} aria-hidden="true" /> Calendar address</button>}
      </div>
      {failed && <Notice tone="danger">{sentence(failed)}</Notice>}
      {files.data?.files.map((file) => <FileBlockView key={file.url} block={{ type: "file", name: file.name, url: file.url, mediaType: file.mediaType ?? null, size: file.size ?? null }} />)}
      {address.data && <Address url={address.data.url} of={address.data.of} />}
    </section>
  );
}

function Address({ url, of }: { url: string; of: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="panel stack-tight">
      <label className="field">
        <span>Calendar address of {of === "yours" ? "your lessons" : of}</span>
        <input className="input" readOnly value={url} onFocus={(event) => event.target.select()} />
      </label>
      <p className="field-hint">Add it as a subscription in any calendar program. Whoever has the address can read the timetable. Holidays are left out.</p>
      <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(url).then(() => setCopied(true))}><Copy size={15} aria-hidden="true" /> {copied ? "Copied" : "Copy"}</button>
    </div>
  );
}
