/** How the school's cards look and what they count, with a real card beside that follows every change. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { ReportOptions } from "../api/types";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useTitle } from "../shell/useTitle";
import { CardPreview } from "./CardPreview";
import { OptionFields } from "./OptionFields";
import { PicturePicker } from "./PicturePicker";
import { PreviewDialog } from "./PreviewDialog";

export function ReportOptionsForm() {
  useTitle("Report card options");
  const api = useApi();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ["report-options"], queryFn: ({ signal }) => body(api.call.GET("/api/reports/options", { signal })) });
  const [draft, setDraft] = useState<Partial<ReportOptions>>({});
  const [settled, setSettled] = useState<Partial<ReportOptions>>({});
  const [saving, setSaving] = useState(false);
  const again = () => void queries.invalidateQueries({ queryKey: ["report-options"] });
  useEffect(() => {
    const waiting = setTimeout(() => setSettled(draft), 350);
    return () => clearTimeout(waiting);
  }, [draft]);
  const kept = found.data;
  const changes = Object.keys(draft).length;
  return (
    <div className="page page-wide">
      <header className="page-head">
        <Link to="/reports">Report cards</Link>
        <h1>Report card options</h1>
        <p className="muted">Nothing changes for anybody until you save.</p>
      </header>
      {found.isPending && <SkeletonLines lines={10} label="Loading the options" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {kept && (
        <div className="options-desk">
          <div className="stack">
            <OptionFields
              options={{ ...kept.options, ...draft }} schoolColour={kept.schoolColour}
              onChange={(change) => setDraft((now) => differing(kept.options, { ...now, ...change }))}
            />
            <section className="panel stack-tight" aria-labelledby="pictures">
              <h2 id="pictures" className="section-title">Pictures</h2>
              <PicturePicker kind="logo" label="School logo" there={Boolean(kept.logoFileId)} onDone={again} />
              <PicturePicker kind="principal_signature" label="Principal’s signature" there={Boolean(kept.options.principalSignatureFileId)} onDone={again} />
              <PicturePicker kind="teacher_signature" label="A class teacher’s signature" there={false} onDone={again} />
            </section>
            <div className="options-save">
              <button type="button" className="button button-primary" disabled={changes === 0} onClick={() => setSaving(true)}>Save {changes === 1 ? "1 change" : changes ? `${changes} changes` : "changes"}</button>
              <button type="button" className="button button-plain" disabled={changes === 0} onClick={() => setDraft({})}>Start over</button>
            </div>
          </div>
          <CardPreview options={settled} version={`${kept.logoFileId ?? ""}${kept.options.principalSignatureFileId ?? ""}${found.dataUpdatedAt}`} />
        </div>
      )}
      <PreviewDialog
        open={saving} onOpenChange={setSaving} title="Save the options" action="Save"
        ask={(preview) => api.call.PATCH("/api/reports/options", { params: { query: { preview } }, body: { ...draft, ...(draft.colour === null ? { colour: "" } : {}) } })}
        onDone={() => { setDraft({}); again(); }}
      />
    </div>
  );
}

/** Only what differs from what is kept. */
function differing(kept: ReportOptions, draft: Partial<ReportOptions>): Partial<ReportOptions> {
  return Object.fromEntries(Object.entries(draft).filter(([name, value]) => JSON.stringify(kept[name as keyof ReportOptions]) !== JSON.stringify(value)));
}
