import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body, isProblem } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { RiskBadge } from "./RiskBadge";
import { SupportNote } from "./SupportNote";
import { trajectoryChart } from "./figureCharts";

type RiskExplained = components["schemas"]["RiskExplained"];
type Trajectory = components["schemas"]["Trajectory"];

export function StudentFigures({ id }: { id: string }) {
  const api = useApi();
  const { can } = useSession();
  const path = { student: id };
  const course = useQuery({ queryKey: ["figures", "trajectory", id], queryFn: ({ signal }) => body(api.call.GET("/api/analytics/students/{student}/trajectory", { params: { path }, signal })) });
  const risk = useQuery({ queryKey: ["figures", "risk", id], queryFn: ({ signal }) => body(api.call.GET("/api/analytics/students/{student}/risk", { params: { path }, signal })), retry: false });
  const classArm = risk.data?.classArm;
  const found = { ...course, data: course.data && { ...course.data, ...(risk.data && { asOf: risk.data.asOf }) } };
  return (
    <FiguresFrame
      title={course.data?.student.name ?? "Student"} lead={risk.data?.term} found={found}
      exported={{ kind: "totals", only: { students: [id], lastDay: new Date().toISOString().slice(0, 10) } }}
      back={classArm ? { to: `/dashboard/classes/${classArm.id}`, label: classArm.name } : { to: "/dashboard", label: "Dashboard" }}
    >
      {(figures) => (
        <>
          {risk.isPending && <SkeletonLines lines={4} label="Loading the risk" />}
          {risk.error && <Notice tone={isProblem(risk.error) && risk.error.status < 500 ? "info" : "danger"}>{sentence(risk.error)}</Notice>}
          {risk.data && <Risk risk={risk.data} />}
          {risk.data && can("notices:send") && <SupportNote students={[risk.data.student]} />}
          <Course figures={figures} />
        </>
      )}
    </FiguresFrame>
  );
}

function Risk({ risk }: { risk: RiskExplained }) {
  const format = useFormat();
  return (
    <section className="panel stack-tight" aria-labelledby="risk">
      <div className="panel-head">
        <h2 className="section-title" id="risk">Risk</h2>
        <RiskBadge level={risk.riskLevel} score={risk.riskScore} />
      </div>
      <ul className="factors" aria-label="Why">
        {risk.contributingFactors.map((one) => (
          <li key={one.code}>
            <span>{one.factor}</span>
            <span className="muted figures">{format.number(Math.round(one.importance))}%</span>
            <meter min={0} max={100} value={one.importance} aria-label={`Share of the risk: ${one.factor}`} />
          </li>
        ))}
      </ul>
      <p><strong>What to do.</strong> {risk.recommendation}</p>
      {risk.whatWouldChangeIt && <p><strong>What would change it.</strong> {risk.whatWouldChangeIt}</p>}
      <p className="muted row-text">{risk.method}</p>
    </section>
  );
}

function Course({ figures }: { figures: Trajectory }) {
  const format = useFormat();
  const last = figures.terms.at(-1);
  const interval = figures.projectedInterval;
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Last average", value: last ? format.percent(last.average) : "–", note: last?.term },
          { label: "Place", value: last ? format.number(last.position) : "–", note: "in the class" },
          { label: "Course", value: courseWords(figures.trend) },
          { label: "End of year", value: figures.projectedEndOfYear == null ? "–" : format.percent(figures.projectedEndOfYear), note: interval ? `most likely ${format.number(interval[0] ?? 0)} to ${format.number(interval[1] ?? 0)}` : "too few terms to tell" },
        ]}
      />
      {figures.terms.length > 0 ? <ChartBlockView block={trajectoryChart(figures)} /> : <p className="muted">No term with a full average yet.</p>}
      <FigureTable
        title="Subjects, term by term" empty="No totals yet."
        columns={[{ key: "name", label: "Subject" }, ...figures.terms.map((one, index) => ({ key: `t${index}`, label: one.term, kind: "percent" as const })), { key: "trend", label: "Course" }]}
        rows={figures.subjectBreakdown.map((one) => ({ cells: { name: one.subject, trend: courseWords(one.trend), ...Object.fromEntries(figures.terms.map((_, index) => [`t${index}`, one.scores[index]])) } }))}
      />
    </>
  );
}

const courseWords = (trend: string) => (trend ? trend.charAt(0).toUpperCase() + trend.slice(1).replaceAll("_", " ") : "–");
