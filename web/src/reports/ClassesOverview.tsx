import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { BatchProgress } from "./BatchProgress";
import { StateBadge } from "./ChainSteps";
import { PreviewDialog } from "./PreviewDialog";
import { TermSelect, useTerm } from "./TermSelect";

export function ClassesOverview() {
  useTitle("Report cards");
  const api = useApi();
  const format = useFormat();
  const { can } = useSession();
  const term = useTerm();
  const [printing, setPrinting] = useState(false);
  const [job, setJob] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["report-classes", term],
    queryFn: ({ signal }) => body(api.call.GET("/api/reports/classes", { params: { query: term ? { term } : {} }, signal })),
  });
  const view = found.data;
  const search = term ? `?term=${term}` : "";
  return (
    <div className="page page-wide">
      <header className="page-head-row">
        <div className="page-head">
          <h1>Report cards</h1>
          <p className="muted">Remarks, checks, approvals and release, class by class.</p>
        </div>
        <div className="report-tools">
          {view && <TermSelect terms={view.terms} termId={view.termId} />}
          {can("reports:release") && view && <button type="button" className="button" onClick={() => setPrinting(true)}>Print all classes</button>}
          {can("fees:read") && <Link className="button" to={`/reports/holds${search}`}>Fee holds</Link>}
          {can("reports:release") && <Link className="button" to="/reports/options"><SlidersHorizontal size={15} aria-hidden="true" /> Options</Link>}
        </div>
      </header>
      {job && <BatchProgress jobId={job} />}
      {found.isPending && <SkeletonLines lines={8} label="Loading the classes" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {view?.classes.length === 0 && <EmptyState title="No class of your own" text="Report cards are written by a class's class teacher. Ask the head if this class should be yours." />}
      {view && view.classes.length > 0 && (
        <ul className="rows">
          {view.classes.map((one) => (
            <li key={one.classArmId}>
              <Link className="row row-link row-stack" to={`/reports/${one.classArmId}${search}`}>
                <span className="row-words">
                  <span className="row-title strong">{one.classArm}</span>
                  <span className="muted row-text">{format.number(one.students)} {one.students === 1 ? "student" : "students"}{one.classTeacher ? ` · ${one.classTeacher}` : ""}</span>
                </span>
                <StateBadge reports={one} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {view && (
        <PreviewDialog
          open={printing} onOpenChange={setPrinting} title="Print all report cards" action="Make the files"
          ask={(preview) => api.call.POST("/api/reports/generate", { params: { query: { preview } }, body: { term: view.termId } })}
          onDone={(answer) => setJob((answer as { jobId: string }).jobId)}
        />
      )}
    </div>
  );
}
