import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import type { TableColumn } from "../api/types";
import ChartBlockView from "../blocks/ChartBlock";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { gradesChart, scoresChart } from "./figureCharts";
import { searchOf } from "./figureFilters";
import { useFigures, useFilters } from "./useFigures";

type GradeDistributions = components["schemas"]["GradeDistributions"];
type Spread = components["schemas"]["Distribution"];

export function GradeFigures() {
  const api = useApi();
  const search = searchOf(useFilters());
  const found = useFigures("grades", (query, signal) => body(api.call.GET("/api/v1/analytics/grades", { params: { query }, signal })));
  return (
    <FiguresFrame title="Grades" lead={found.data?.covered.terms.join(", ")} found={found} narrowed={["term", "days", "group", "classArm", "subject"]} exported={{ kind: "grades" }}>
      {(figures) => <Figures figures={figures} search={search} />}
    </FiguresFrame>
  );
}

function Figures({ figures, search }: { figures: GradeDistributions; search: string }) {
  const grades = figures.together.grades.map((one) => one.grade);
  const columns = (label: string): TableColumn[] => [
    { key: "name", label }, { key: "students", label: "Totals", kind: "number" }, { key: "average", label: "Average", kind: "percent" }, { key: "passRate", label: "Passed", kind: "percent" },
    ...grades.map((grade) => ({ key: `grade ${grade}`, label: grade, kind: "number" as const })),
  ];
  const cells = (name: string, spread: Spread) => ({
    name, students: spread.students, average: spread.average, passRate: spread.passRate, ...Object.fromEntries(spread.grades.map((one) => [`grade ${one.grade}`, one.students])),
  });
  return (
    <>
      <div className="figures-pair">
        <ChartBlockView block={gradesChart("Grades", figures.together)} />
        <ChartBlockView block={scoresChart("Totals", figures.together)} />
      </div>
      <FigureTable title="Subjects" columns={columns("Subject")} rows={figures.subjects.map(({ subject, figures: spread }) => ({ to: `/dashboard/subjects/${subject.id}${search}`, cells: cells(subject.name, spread) }))} />
      <FigureTable title="Classes" columns={columns("Class")} rows={figures.classes.map(({ classArm, figures: spread }) => ({ to: `/dashboard/classes/${classArm.id}${search}`, cells: cells(classArm.name, spread) }))} />
    </>
  );
}
