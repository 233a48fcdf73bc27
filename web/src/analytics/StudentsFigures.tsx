import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import type { components } from "../api/schema";
import ChartBlockView from "../blocks/ChartBlock";
import { useFormat } from "../design/format";
import { FiguresFrame } from "./FiguresFrame";
import { FigureTable } from "./FigureTable";
import { FigureTiles } from "./FigureTiles";
import { scoresChart } from "./figureCharts";
import { asQuery, searchOf } from "./figureFilters";
import { useFilters } from "./useFigures";

type StudentMetrics = components["schemas"]["StudentMetrics"];
type Sort = components["schemas"]["StudentSort"];

const aPage = 50;
const sorts: { value: Sort; label: string }[] = [
  { value: "name", label: "Class and name" }, { value: "average", label: "Highest average" }, { value: "lowest", label: "Lowest average" },
  { value: "change", label: "Largest fall" }, { value: "attendance", label: "Lowest attendance" },
];

export function StudentsFigures() {
  const api = useApi();
  const filters = useFilters();
  const [search, setSearch] = useSearchParams();
  const sort = sorts.find((one) => one.value === search.get("sort"))?.value ?? "name";
  const page = Math.max(1, Number(search.get("page")) || 1);
  const found = useQuery({
    queryKey: ["figures", "students", filters, sort, page],
    queryFn: ({ signal }) => body(api.call.GET("/api/v1/analytics/students", { params: { query: { ...asQuery(filters), sort, limit: aPage, offset: (page - 1) * aPage } }, signal })),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (name === "sort") next.delete("page");
    next.set(name, value);
    setSearch(next, { replace: true });
  };
  return (
    <FiguresFrame title="Students" lead={found.data?.covered.terms.join(", ")} found={found} narrowed={["term", "days", "group", "classArm", "subject"]} exported={{ kind: "students" }}>
      {(figures) => (
        <>
          <Summary figures={figures} />
          <label className="figures-sort"><span>In the order of</span>
            <select className="input" value={sort} onChange={(event) => change("sort", event.target.value)}>{sorts.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>
          </label>
          <Listed figures={figures} search={searchOf(filters)} />
          <Pages page={page} pages={Math.max(1, Math.ceil(figures.total / aPage))} onTurn={(to) => change("page", String(to))} />
        </>
      )}
    </FiguresFrame>
  );
}

function Summary({ figures }: { figures: StudentMetrics }) {
  const format = useFormat();
  return (
    <>
      <FigureTiles
        tiles={[
          { label: "Students", value: format.number(figures.total) }, { label: "Average", value: figures.averages.average == null ? "–" : format.percent(figures.averages.average) },
          { label: "Rose", value: format.number(figures.improved), note: "since the term before" }, { label: "Fell", value: format.number(figures.fallen), note: "since the term before" },
          { label: "Without scores", value: format.number(figures.withoutScores) },
        ]}
      />
      <ChartBlockView block={scoresChart("Averages", figures.averages, "Students")} />
    </>
  );
}

function Listed({ figures, search }: { figures: StudentMetrics; search: string }) {
  return (
    <FigureTable
      title="Students" total={figures.total} empty="No student fits these filters."
      columns={[
        { key: "name", label: "Student" }, { key: "classArm", label: "Class" }, { key: "average", label: "Average", kind: "percent" }, { key: "change", label: "Change", kind: "number" },
        { key: "place", label: "Place" }, { key: "failed", label: "Failed", kind: "number" }, { key: "attendanceRate", label: "Attendance", kind: "percent" },
      ]}
      rows={figures.students.map((one) => ({
        to: `/dashboard/students/${one.student.id}${search}`,
        cells: { name: one.student.name, classArm: one.classArm.name, average: one.average, change: one.change, place: one.position == null ? null : `${one.position} of ${one.outOf}`, failed: one.failed, attendanceRate: one.attendanceRate },
      }))}
    />
  );
}

function Pages({ page, pages, onTurn }: { page: number; pages: number; onTurn: (to: number) => void }) {
  if (pages < 2) return null;
  return (
    <nav className="button-row" aria-label="Pages of students">
      <button type="button" className="button" disabled={page <= 1} onClick={() => onTurn(page - 1)}>Previous</button>
      <span className="muted">Page {page} of {pages}</span>
      <button type="button" className="button" disabled={page >= pages} onClick={() => onTurn(page + 1)}>Next</button>
    </nav>
  );
}
