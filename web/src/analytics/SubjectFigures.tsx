import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { useFormat } from "../design/format";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { StatusBadge } from "../design/StatusBadge";
import { averagesChart, gradesChart, scoresChart } from "./figureCharts";
import { searchOf, type FigureFilters } from "./figureFilters";
import { sheetWords } from "./sheetWords";
import { useFigures, useFilters } from "./useFigures";

type SubjectAnalysis = components["schemas"]["SubjectAnalysis"];

export function SubjectFigures({ id }: { id: string }) {
  const api = useApi();
  const filters = useFilters();
  const found = useFigures(`subject ${id}`, ({ term, groups, classArms }, signal) => {
    const query = { ...(term && { term }), ...(groups && { groups }), ...(classArms && { classArms }) };
    return body(api.call.GET("/api/analytics/subjects/{subject}/analysis", { params: { path: { subject: id }, query }, signal }));
  });
  return (
    <FiguresFrame
      title={found.data?.subject.name ?? "Subject"} lead={found.data?.term} back={{ to: `/dashboard${searchOf(filters)}`, label: "Dashboard" }}
      found={found} narrowed={["term", "group", "classArm"]} exported={{ kind: "grades", only: { subjects: [id] } }}
    >
      {(figures) => <Figures figures={figures} filters={filters} />}
    </FiguresFrame>
  );
}

function Figures({ figures, filters }: { figures: SubjectAnalysis; filters: FigureFilters }) {
  const format = useFormat();
  const spread = figures.figures;
  const percent = (value: number | null | undefined) => (value == null ? "–" : format.percent(value));
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Totals", value: format.number(spread.students) }, { label: "Average", value: percent(spread.average) }, { label: "Median", value: percent(spread.median) },
          { label: "Middle half", value: spread.lowerQuartile == null || spread.upperQuartile == null ? "–" : `${format.number(spread.lowerQuartile)} to ${format.number(spread.upperQuartile)}` },
          { label: "Passed", value: percent(spread.passRate) },
        ]}
      />
      <div className="figures-pair">
        <ChartBlockView block={scoresChart(`Totals in ${figures.subject.name}`, spread)} />
        <ChartBlockView block={gradesChart(`Grades in ${figures.subject.name}`, spread)} />
        {figures.terms.length > 1 && <ChartBlockView block={averagesChart("Term by term", figures.terms)} />}
      </div>
      <FigureTable
        title="Classes"
        columns={[
          { key: "name", label: "Class" }, { key: "students", label: "Totals", kind: "number" }, { key: "average", label: "Average", kind: "percent" }, { key: "median", label: "Median", kind: "percent" },
          { key: "spread", label: "Spread", kind: "number" }, { key: "passRate", label: "Passed", kind: "percent" }, { key: "state", label: "Score sheet" },
        ]}
        rows={figures.classes.map(({ classArm, state, figures: own }) => ({
          to: `/dashboard/classes/${classArm.id}${searchOf({ ...(filters.term && { term: filters.term }), subject: figures.subject.id })}`,
          cells: { name: classArm.name, state: sheetWords(state), students: own.students, average: own.average, median: own.median, spread: own.spread, passRate: own.passRate },
          shown: { state: <StatusBadge status={state} label={sheetWords(state)} /> },
        }))}
      />
      {figures.components.length > 0 && (
        <FigureTable
          title="Parts of the total" columns={[{ key: "name", label: "Part" }, { key: "students", label: "Students", kind: "number" }, { key: "earned", label: "Earned", kind: "percent" }]}
          rows={figures.components.map((one) => ({ cells: { name: one.component, students: one.students, earned: one.earned } }))}
        />
      )}
      {figures.withoutScores.length > 0 && <p className="muted row-text">No totals yet: {figures.withoutScores.map((one) => one.name).join(", ")}.</p>}
    </>
  );
}
