import { Link } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import { useFormat } from "../design/format";
import { StatusBadge } from "../design/StatusBadge";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { offeredOf, searchOf, type FigureFilters } from "./figureFilters";
import { sheetWords } from "./sheetWords";
import { useFigures, useFilters } from "./useFigures";

type CourseMetrics = components["schemas"]["CourseMetrics"];

/** A subject in a class: how it goes and how far its scores are in. No teacher appears and nothing is ranked. */
export function CourseFigures() {
  const api = useApi();
  const filters = useFilters();
  const found = useFigures("courses", (query, signal) => body(api.call.GET("/api/v1/analytics/courses", { params: { query }, signal })));
  return (
    <FiguresFrame title="Courses" lead={found.data?.covered.terms.at(-1)} found={found} narrowed={["term", "days", "group", "classArm", "subject"]} exported={{ kind: "courses" }}>
      {(figures) => <Figures figures={figures} filters={filters} />}
    </FiguresFrame>
  );
}

function Figures({ figures, filters }: { figures: CourseMetrics; filters: FigureFilters }) {
  const format = useFormat();
  const percent = (value: number | null | undefined) => (value == null ? "–" : format.percent(value));
  const search = searchOf(offeredOf(filters, ["term", "days", "group"]));
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Courses", value: format.number(figures.courses.length) }, { label: "Average", value: percent(figures.average) }, { label: "Totals passed", value: percent(figures.passRate) },
          { label: "Scores recorded", value: percent(figures.recorded), note: "of the parts so far" }, { label: "Without scores", value: format.number(figures.withoutScores) },
        ]}
      />
      <FigureTable
        title="Courses" empty="No course fits these filters."
        columns={[
          { key: "subject", label: "Subject" }, { key: "classArm", label: "Class" }, { key: "state", label: "Score sheet" }, { key: "students", label: "Totals", kind: "number" },
          { key: "average", label: "Average", kind: "percent" }, { key: "passRate", label: "Passed", kind: "percent" }, { key: "gain", label: "Change", kind: "number" }, { key: "recorded", label: "Recorded", kind: "percent" },
        ]}
        rows={figures.courses.map(({ subject, classArm, state, ...cells }) => ({
          to: `/dashboard/subjects/${subject.id}${search}`,
          cells: { subject: subject.name, classArm: classArm.name, state: sheetWords(state), students: cells.students, average: cells.average, passRate: cells.passRate, gain: cells.gain, recorded: cells.recorded },
          shown: { classArm: <Link to={`/dashboard/classes/${classArm.id}${search}`}>{classArm.name}</Link>, state: <StatusBadge status={state} label={sheetWords(state)} /> },
        }))}
      />
      <p className="muted row-text">Change is of the same students since the term before, in percent points. {figures.note}</p>
    </>
  );
}
