/** One class: its remarks, what the proof-reader found, the approval chain, release and files. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Download, Printer } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { Block, RemarksView } from "../api/types";
import { Notice } from "../blocks/Notice";
import { saveFile } from "../blocks/saveFile";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { BatchProgress, DraftProgress } from "./BatchProgress";
import { ChainSteps, StateBadge } from "./ChainSteps";
import { DeskDialogs, type Asking } from "./DeskDialogs";
import { RemarksTable } from "./RemarksTable";
import { TermSelect, useTerm } from "./TermSelect";

export function ClassDesk({ classArm }: { classArm: string }) {
  const api = useApi();
  const queries = useQueryClient();
  const term = useTerm();
  const found = useQuery({
    queryKey: ["remarks", classArm, term],
    queryFn: ({ signal }) => body(api.call.GET("/api/reports/remarks/{classArm}", { params: { path: { classArm }, query: term ? { term } : {} }, signal })),
  });
  const view = found.data;
  useTitle(view ? `Report cards, ${view.reports.classArm}` : "Report cards");
  const [asking, setAsking] = useState<Asking | null>(null);
  const [job, setJob] = useState<string | null>(null);
  const [drafting, setDrafting] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const again = () => {
    void queries.invalidateQueries({ queryKey: ["remarks", classArm] });
    void queries.invalidateQueries({ queryKey: ["report-classes"] });
  };
  return (
    <div className="page page-wide">
      <header className="page-head-row">
        <div className="page-head">
          <Link to={`/reports${term ? `?term=${term}` : ""}`}>All classes</Link>
          <h1>{view ? view.reports.classArm : "Report cards"} {view && <StateBadge reports={view.reports} />}</h1>
        </div>
        {view && <TermSelect terms={view.terms} termId={view.termId} />}
      </header>
      {found.isPending && <SkeletonLines lines={10} label="Loading the remarks" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {view && (
        <>
          <section className="panel desk-head" aria-label="Approval and release">
            <ChainSteps reports={view.reports} />
            {view.reports.returned && <Notice tone="warning">Returned by {view.reports.returned.name}: {view.reports.returned.reason}</Notice>}
            <Actions view={view} ask={setAsking} />
          </section>
          {job && <BatchProgress jobId={job} />}
          {drafting && <DraftProgress runId={drafting} onOver={again} />}
          <p className="visually-hidden" role="status">{said}</p>
          {view.classFindings.length > 0 && (
            <Notice tone="warning">
              <ul>{view.classFindings.map((one, index) => <li key={index}>{one.message} {one.fix}</li>)}</ul>
            </Notice>
          )}
          {view.reports.closed && <Notice tone="info">{view.reports.closed}</Notice>}
          <RemarksTable key={view.termId} view={view} onSaved={again} />
          <DeskDialogs
            view={view} asking={asking} onClose={() => setAsking(null)}
            onDone={(answer) => {
              const { jobId, message, details = [] } = answer as { jobId?: string; message?: string; details?: Block[] };
              if (jobId) setJob(jobId);
              const progress = details.find((block) => block.type === "progress");
              if (progress) setDrafting(progress.runId);
              setSaid(message ?? "");
              again();
            }}
          />
        </>
      )}
    </div>
  );
}

function Actions({ view, ask }: { view: RemarksView; ask: (asking: Asking) => void }) {
  const api = useApi();
  const { can } = useSession();
  const [failed, setFailed] = useState("");
  const { reports, termId } = view;
  const approved = reports.steps.some((step) => step.at);
  const released = Boolean(reports.releasedOn);

  async function broadsheet(kind: "xlsx" | "pdf") {
    setFailed("");
    try {
      const response = await api.fetch(`/api/reports/broadsheets/${reports.classArmId}/file.${kind}?term=${termId}`, { headers: { Accept: "*/*" } });
      saveFile(`Broadsheet ${view.label}.${kind}`, await response.blob());
    } catch (error) {
      setFailed(sentence(error));
    }
  }

  return (
    <>
      <div className="report-tools">
        {reports.mayApprove && <button type="button" className="button button-primary" onClick={() => ask("approve")}>Approve as {reports.nextStep}</button>}
        {can("reports:release") && !released && !reports.nextStep && <button type="button" className="button button-primary" onClick={() => ask("release")}>Release to guardians</button>}
        {can("reports:write") && !reports.closed && <button type="button" className="button" onClick={() => ask("draft")}>Draft empty remarks</button>}
        {can("reports:write") && approved && !released && <button type="button" className="button" onClick={() => ask("return")}>Return</button>}
        {can("reports:release") && released && <button type="button" className="button" onClick={() => ask("withdraw")}>Take back</button>}
        {can("reports:write") && <button type="button" className="button" onClick={() => ask("print")}><Printer size={15} aria-hidden="true" /> Print cards</button>}
        <button type="button" className="button" onClick={() => void broadsheet("xlsx")}><Download size={15} aria-hidden="true" /> Broadsheet, XLSX</button>
        <button type="button" className="button" onClick={() => void broadsheet("pdf")}><Download size={15} aria-hidden="true" /> Broadsheet, PDF</button>
      </div>
      {failed && <Notice tone="danger">{failed}</Notice>}
    </>
  );
}
