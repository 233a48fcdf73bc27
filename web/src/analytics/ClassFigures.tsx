import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { RiskList } from "./RiskList";
import { comparisonChart, riskChart } from "./figureCharts";
import { searchOf } from "./figureFilters";
import { useFilters } from "./useFigures";

type AtRisk = components["schemas"]["AtRisk"];

export function ClassFigures({ id }: { id: string }) {
  const api = useApi();
  const { term, subject } = useFilters();
  const found = useQuery({
    queryKey: ["figures", "class", id, term],
    queryFn: ({ signal }) => body(api.call.GET("/api/analytics/classes/{classArm}/at-risk", { params: { path: { classArm: id }, query: term ? { term } : {} }, signal })),
  });
  return (
    <FiguresFrame
      title={found.data?.classArm.name ?? "Class"} lead={found.data?.term} back={{ to: `/dashboard${searchOf({ ...(term && { term }) })}`, label: "Dashboard" }}
      found={found} narrowed={["term", "subject"]} exported={{ kind: "dashboard", only: { classArms: [id] } }}
    >
      {(figures) => (
        <>
          <AtRiskFigures figures={figures} search={searchOf({ ...(term && { term }) })} />
          <Comparison id={id} term={term} subject={subject} />
        </>
      )}
    </FiguresFrame>
  );
}

function AtRiskFigures({ figures, search }: { figures: AtRisk; search: string }) {
  const format = useFormat();
  const health = figures.classHealth;
  const levels = { high: health.highRiskCount, medium: health.mediumRiskCount, low: health.lowRiskCount };
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "High risk", value: format.number(levels.high) }, { label: "Medium risk", value: format.number(levels.medium) }, { label: "Low risk", value: format.number(levels.low) },
          { label: "Average risk", value: health.averageRiskScore == null ? "–" : format.number(health.averageRiskScore), note: "of 100" },
        ]}
      />
      <div className="figures-pair"><ChartBlockView block={riskChart("Risk in the class", levels)} /></div>
      <section className="stack-tight" aria-labelledby="at-risk">
        <h2 className="section-title" id="at-risk">Who needs help, and why</h2>
        <p className="muted row-text">{figures.method}</p>
        <RiskList
          entries={figures.atRiskStudents.map((one) => ({
            student: one.student, to: `/dashboard/students/${one.student.id}${search}`, level: one.riskLevel, score: one.riskScore,
            reasons: one.contributingFactors.slice(0, 3).map((factor) => factor.factor).join(" · "), recommendation: one.recommendation,
          }))}
        />
        {figures.withoutScores > 0 && <p className="muted row-text">{format.number(figures.withoutScores)} more have no scores yet, so nothing is said of them.</p>}
      </section>
    </>
  );
}

function Comparison({ id, term, subject }: { id: string; term: string | undefined; subject: string | undefined }) {
  const api = useApi();
  const query = { ...(term && { term }), ...(subject && { subject }) };
  const { data, error, isPending } = useQuery({
    queryKey: ["figures", "comparison", id, term, subject],
    queryFn: ({ signal }) => body(api.call.GET("/api/analytics/classes/{classArm}/comparison", { params: { path: { classArm: id }, query }, signal })),
  });
  if (isPending) return <SkeletonLines lines={5} label="Loading the comparison" />;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  return (
    <section className="figures-body" aria-label="Beside the other classes">
      <h2 className="section-title">Beside the other classes of {data.level.name}</h2>
      <p className="muted row-text">{data.note}</p>
      <div className="figures-pair"><ChartBlockView block={comparisonChart(data)} /></div>
      <FigureTable
        title="Classes"
        columns={[
          { key: "name", label: "Class" }, { key: "enrolled", label: "Students", kind: "number" }, { key: "average", label: "Average", kind: "percent" }, { key: "median", label: "Median", kind: "percent" },
          { key: "passRate", label: "Passed", kind: "percent" }, { key: "difference", label: "From the rest", kind: "number" }, { key: "clear", label: "Clear", kind: "text" },
        ]}
        rows={data.classes.map(({ classArm, enrolled, figures, difference, clear, mine }) => ({
          ...(mine && { to: `/dashboard/classes/${classArm.id}${searchOf({ ...(term && { term }) })}` }),
          cells: { name: classArm.name, enrolled, average: figures?.average, median: figures?.median, passRate: figures?.passRate, difference, clear: difference == null ? null : clear ? "Yes" : "No" },
        }))}
      />
      {data.subjects.length > 0 && (
        <FigureTable
          title="Subjects, average of each class"
          columns={[{ key: "name", label: "Subject" }, ...data.classes.map((one) => ({ key: one.classArm.id, label: one.classArm.name, kind: "percent" as const })), { key: "together", label: "Together", kind: "percent" }]}
          rows={data.subjects.map((one) => ({
            to: `/dashboard/subjects/${one.subject.id}${searchOf({ ...(term && { term }) })}`,
            cells: { name: one.subject.name, together: one.together, ...Object.fromEntries(data.classes.map((each, index) => [each.classArm.id, one.averages[index]])) },
          }))}
        />
      )}
    </section>
  );
}
