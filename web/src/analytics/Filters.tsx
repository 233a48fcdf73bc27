import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { offeredOf, readFilters, withFilter, type FilterName, type Narrowing } from "./figureFilters";

const labels: Record<FilterName, string> = { term: "Term", firstDay: "From", lastDay: "To", group: "Year group", classArm: "Class", subject: "Subject" };

/** The filters a page can be narrowed by, as fields of the page's address. */
export function Filters({ offered }: { offered: Narrowing[] }) {
  const api = useApi();
  const [search, setSearch] = useSearchParams();
  const filters = readFilters(search);
  // Unfiltered, this is the overview's own answer: it is asked once.
  const all = useQuery({
    queryKey: ["figures", "dashboard", {}],
    queryFn: ({ signal }) => body(api.call.GET("/api/v1/analytics/dashboard", { signal })),
    staleTime: 30_000,
  });
  const classes = useQuery({ queryKey: ["classes"], queryFn: ({ signal }) => body(api.call.GET("/api/v1/classes", { signal })), staleTime: 600_000 });
  const groups = [...new Set(classes.data?.classes.map((one) => one.level))];
  const chosen = Object.keys(offeredOf(filters, offered));
  const change = (name: FilterName, value: string) => setSearch(withFilter(search, name, value), { replace: true });
  const select = (name: FilterName, none: string, options: { value: string; label: string }[]) => (
    <label key={name} className="field"><span>{labels[name]}</span>
      <select className="input" value={filters[name] ?? ""} onChange={(event) => change(name, event.target.value)}>
        <option value="">{none}</option>
        {options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
      </select>
    </label>
  );
  const day = (name: "firstDay" | "lastDay") => (
    <label key={name} className="field"><span>{labels[name]}</span><input className="input" type="date" value={filters[name] ?? ""} onChange={(event) => change(name, event.target.value)} /></label>
  );
  const named = (list: { id: string; name: string }[] | undefined) => (list ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <details className="figures-filters" open={window.innerWidth > 640 || chosen.length > 0}>
      <summary><SlidersHorizontal size={15} aria-hidden="true" /> Filters{chosen.length > 0 && ` (${chosen.length})`}</summary>
      <div className="figures-fields">
        {offered.includes("term") && select("term", filters.firstDay || filters.lastDay ? "By days" : "This term", (all.data?.terms ?? []).map((one) => ({ value: one.term, label: one.term })).reverse())}
        {offered.includes("days") && [day("firstDay"), day("lastDay")]}
        {offered.includes("group") && select("group", "All", groups.map((one) => ({ value: one, label: one })))}
        {offered.includes("classArm") && select("classArm", "All", named(all.data?.covered.classArms))}
        {offered.includes("subject") && select("subject", "All", named(all.data?.subjects.map((one) => one.subject)))}
        {chosen.length > 0 && <button type="button" className="button button-plain" onClick={() => setSearch({}, { replace: true })}>Clear</button>}
      </div>
    </details>
  );
}
