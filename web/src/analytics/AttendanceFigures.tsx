import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { useFormat } from "../design/format";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { ratesChart } from "./figureCharts";
import { searchOf } from "./figureFilters";
import { useFigures, useFilters } from "./useFigures";

type AttendancePatterns = components["schemas"]["AttendancePatterns"];
const counts = [{ key: "absent", label: "Absent", kind: "number" as const }, { key: "late", label: "Late", kind: "number" as const }, { key: "excused", label: "Excused", kind: "number" as const }];

export function AttendanceFigures() {
  const api = useApi();
  const search = searchOf(useFilters());
  const found = useFigures("attendance", ({ term, firstDay, lastDay, groups, classArms }, signal) => {
    const query = { ...(term && { term }), ...(firstDay && { firstDay }), ...(lastDay && { lastDay }), ...(groups && { groups }), ...(classArms && { classArms }) };
    return body(api.call.GET("/api/v1/analytics/attendance", { params: { query }, signal }));
  });
  return (
    <FiguresFrame title="Attendance" lead={found.data?.covered.terms.join(", ")} found={found} narrowed={["term", "days", "group", "classArm"]} exported={{ kind: "attendance" }}>
      {(figures) => <Figures figures={figures} search={search} />}
    </FiguresFrame>
  );
}

function Figures({ figures, search }: { figures: AttendancePatterns; search: string }) {
  const format = useFormat();
  const { together } = figures;
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Present", value: together.rate == null ? "–" : format.percent(together.rate) }, { label: "Absences", value: format.number(together.absent) },
          { label: "Late", value: format.number(together.late) }, { label: "Excused", value: format.number(together.excused) },
          { label: "Low attendance", value: format.number(figures.lowCount), note: `below ${format.number(figures.warningBelow)}%; ${format.number(figures.urgentCount)} below ${format.number(figures.urgentBelow)}%` },
        ]}
      />
      <div className="figures-pair">
        <ChartBlockView block={ratesChart("Week by week", "Week from", figures.weeks.map((one) => ({ place: format.date(one.week), rate: one.rate })))} />
        <ChartBlockView block={ratesChart("Day of the week", "Day", figures.weekdays.map((one) => ({ place: one.weekday, rate: one.rate })), "bar")} />
      </div>
      <FigureTable
        title={`Students below ${format.number(figures.warningBelow)}%`} empty="Nobody is below it."
        columns={[{ key: "name", label: "Student" }, { key: "rate", label: "Present", kind: "percent" }, ...counts]}
        rows={figures.low.map(({ student, ...cells }) => ({ to: `/dashboard/students/${student.id}${search}`, cells: { name: student.name, ...cells } }))}
      />
      <FigureTable
        title="Classes"
        columns={[{ key: "name", label: "Class" }, { key: "rate", label: "Present", kind: "percent" }, ...counts, { key: "registers", label: "Registers", kind: "number" }]}
        rows={figures.classes.map(({ classArm, ...cells }) => ({ to: `/dashboard/classes/${classArm.id}${search}`, cells: { name: classArm.name, ...cells } }))}
      />
    </>
  );
}
