import { useState } from "react";
import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { Notice } from "../blocks/Notice";
import { useFormat } from "../design/format";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { RiskList } from "./RiskList";
import { averagesChart, gradesChart, ratesChart, riskChart, scoresChart } from "./figureCharts";
import { searchOf, type FigureFilters } from "./figureFilters";
import { useFigures, useFilters } from "./useFigures";

const shownAtFirst = 5;

type Dashboard = components["schemas"]["Dashboard"];

export function Overview() {
  const api = useApi();
  const filters = useFilters();
  const found = useFigures("dashboard", (query, signal) => body(api.call.GET("/api/v1/analytics/dashboard", { params: { query }, signal })));
  return (
    <FiguresFrame
      title="Dashboard" lead={found.data?.covered.terms.join(", ") ?? "Who needs help, how scores spread, how attendance goes."} found={found}
      narrowed={["term", "days", "group", "classArm", "subject"]} exported={{ kind: "dashboard" }}
    >
      {(figures) => <Figures figures={figures} filters={filters} />}
    </FiguresFrame>
  );
}

function Figures({ figures, filters }: { figures: Dashboard; filters: FigureFilters }) {
  const format = useFormat();
  const [all, setAll] = useState(false);
  const search = searchOf(filters);
  const { risk, classes, subjects, attention } = figures;
  const percent = (value: number | null | undefined) => (value == null ? "–" : format.percent(value));
  const change = figures.averageChange;
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Students", value: format.number(figures.students), to: `/dashboard/students${search}` },
          { label: "Average", value: percent(figures.average), note: change == null ? null : `${change > 0 ? "+" : change < 0 ? "−" : "±"}${format.number(Math.abs(change))} points since the term before` },
          { label: "Totals passed", value: percent(figures.passRate), to: `/dashboard/grades${search}` },
          { label: "Attendance", value: percent(figures.attendanceRate), to: `/dashboard/attendance${search}` },
          { label: "At risk", value: format.number(risk.high + risk.medium), note: `${format.number(risk.high)} high, ${format.number(risk.medium)} medium` },
        ]}
      />
      {attention.length > 0 && (
        <section className="stack-tight" aria-label="Worth looking at">
          {attention.map((one) => (
            <Notice key={one.text} tone={one.kind === "risk" ? "warning" : "info"}>{one.text} <Link to={`${placeOf[one.kind] ?? "/dashboard"}${search}`}>{placeWords[one.kind] ?? "Look"}</Link></Notice>
          ))}
        </section>
      )}
      <section className="stack-tight" aria-labelledby="at-risk">
        <h2 className="section-title" id="at-risk">Who needs help first</h2>
        <p className="muted row-text">{risk.method}</p>
        <RiskList
          entries={risk.mostUrgent.slice(0, all ? undefined : shownAtFirst).map((one) => ({
            student: one.student, to: `/dashboard/students/${one.student.id}${search}`, place: one.classArm.name,
            level: one.riskLevel, score: one.riskScore, reasons: one.reason, recommendation: one.recommendation,
          }))}
        />
        {!all && risk.mostUrgent.length > shownAtFirst && <div><button type="button" className="button button-plain" onClick={() => setAll(true)}>Show {risk.mostUrgent.length - shownAtFirst} more</button></div>}
        {risk.withoutScores > 0 && <p className="muted row-text">{format.number(risk.withoutScores)} more have no scores yet, so nothing is said of them.</p>}
      </section>
      <div className="figures-pair">
        <ChartBlockView block={riskChart("Risk", risk)} />
        <ChartBlockView block={averagesChart("Averages by term", figures.terms)} />
        <ChartBlockView block={scoresChart("Totals", figures.scores)} />
        <ChartBlockView block={gradesChart("Grades", figures.scores)} />
        <ChartBlockView block={ratesChart("Attendance by week", "Week from", figures.attendance.map((one) => ({ place: format.date(one.week), rate: one.rate })))} />
      </div>
      <FigureTable
        title="Classes" empty="No class of yours has figures."
        columns={[
          { key: "name", label: "Class" }, { key: "students", label: "Students", kind: "number" }, { key: "average", label: "Average", kind: "percent" },
          { key: "passRate", label: "Passed", kind: "percent" }, { key: "attendanceRate", label: "Attendance", kind: "percent" }, { key: "highRisk", label: "High risk", kind: "number" }, { key: "mediumRisk", label: "Medium risk", kind: "number" },
        ]}
        rows={classes.map(({ classArm, ...cells }) => ({ to: `/dashboard/classes/${classArm.id}${search}`, cells: { name: classArm.name, ...cells } }))}
      />
      <FigureTable
        title="Subjects" empty="No subject has totals yet."
        columns={[{ key: "name", label: "Subject" }, { key: "students", label: "Totals", kind: "number" }, { key: "average", label: "Average", kind: "percent" }, { key: "passRate", label: "Passed", kind: "percent" }]}
        rows={subjects.map(({ subject, ...cells }) => ({ to: `/dashboard/subjects/${subject.id}${search}`, cells: { name: subject.name, ...cells } }))}
      />
    </>
  );
}

const placeOf: Record<string, string> = { attendance: "/dashboard/attendance", scores: "/dashboard/grades", change: "/dashboard/students", risk: "/dashboard/students" };
const placeWords: Record<string, string> = { attendance: "Attendance", scores: "Grades", change: "Students", risk: "Students" };
