import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { PreviewDialog } from "./PreviewDialog";
import { useTerm } from "./TermSelect";

export function Holds() {
  useTitle("Fee holds");
  const api = useApi();
  const queries = useQueryClient();
  const { can } = useSession();
  const term = useTerm();
  const [asked, setAsked] = useState<{ student: string; reason: string } | null>(null);
  const [lifting, setLifting] = useState<string | null>(null);
  const found = useQuery({
    queryKey: ["report-holds", term],
    queryFn: ({ signal }) => body(api.call.GET("/api/reports/holds", { params: { query: term ? { term } : {} }, signal })),
  });
  const again = () => void queries.invalidateQueries({ queryKey: ["report-holds"] });
  const items = found.data?.items ?? [];
  return (
    <div className="page">
      <header className="page-head">
        {can("reports:read") && <Link to="/reports">Report cards</Link>}
        <h1>Fee holds</h1>
        <p className="muted">{found.data ? `${found.data.label}. ` : ""}A guardian of a student on hold does not see the card and is asked to speak to the bursar.</p>
      </header>
      {found.data && !found.data.active && <Notice tone="info">The school’s fee hold is off, so every released card can be seen. The head turns it on in the options.</Notice>}
      {can("fees:write") && (
        <form
          className="panel hold-form"
          onSubmit={(event) => {
            event.preventDefault();
            const given = new FormData(event.currentTarget);
            const text = (name: string) => { const value = given.get(name); return typeof value === "string" ? value.trim() : ""; };
            if (text("student")) setAsked({ student: text("student"), reason: text("reason") });
          }}
        >
          <label className="field"><span>Student</span><input className="input" name="student" required maxLength={200} placeholder="Name or admission number" /></label>
          <label className="field"><span>Reason, for staff</span><input className="input" name="reason" maxLength={200} /></label>
          <button type="submit" className="button button-primary">Hold the card</button>
        </form>
      )}
      {found.isPending && <SkeletonLines lines={4} label="Loading the holds" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {found.isSuccess && items.length === 0 && <EmptyState title="No card is on hold" text="Every guardian sees their child's card once it is released." />}
      {items.length > 0 && (
        <ul className="rows">
          {items.map((held) => (
            <li key={held.studentId} className="row">
              <span className="row-words"><span className="row-title strong">{held.student}</span><span className="muted row-text">{held.studentNo}{held.reason ? ` · ${held.reason}` : ""}</span></span>
              {can("fees:write") && <button type="button" className="button button-quiet" onClick={() => setLifting(held.studentId)} aria-label={`Lift the hold on ${held.student}`}>Lift</button>}
            </li>
          ))}
        </ul>
      )}
      <PreviewDialog
        open={asked !== null} onOpenChange={(open) => { if (!open) setAsked(null); }} title="Hold a report card" action="Hold it" onDone={again}
        ask={(preview) => api.call.PUT("/api/reports/holds/{student}", { params: { path: { student: asked?.student ?? "" }, query: { preview } }, body: { reason: asked?.reason ?? "", ...(term ? { term } : {}) } })}
      />
      <PreviewDialog
        open={lifting !== null} onOpenChange={(open) => { if (!open) setLifting(null); }} title="Lift the hold" action="Lift it" onDone={again}
        ask={(preview) => api.call.DELETE("/api/reports/holds/{student}", { params: { path: { student: lifting ?? "" }, query: { preview, ...(term ? { term } : {}) } } })}
      />
    </div>
  );
}
