/** Two timetables side by side: what each costs, and every course that is at another time. */

import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Blocks } from "../blocks/Blocks";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useTitle } from "../shell/useTitle";

export function ComparePage() {
  useTitle("Compare timetables");
  const [search] = useSearchParams();
  const first = search.get("first") ?? "", second = search.get("second") ?? "";
  const api = useApi();
  const found = useQuery({
    queryKey: ["timetable", "compare", first, second],
    queryFn: ({ signal }) => body(api.call.GET("/api/timetable/{first}/compare/{second}", { params: { path: { first, second } }, signal })),
    retry: false,
  });
  return (
    <div className="page page-wide">
      <header className="page-head">
        <p className="crumb"><Link to="/timetables">Timetables</Link></p>
        <h1>Compare timetables</h1>
      </header>
      {found.isPending && <SkeletonLines lines={8} label="Comparing" />}
      {found.error && <Notice tone="danger">{sentence(found.error)}</Notice>}
      {found.data && (
        <>
          <div className="compare-sides">
            <Side id={first} name={found.data.first} cost={found.data.firstCost} hard={found.data.firstHard} better={found.data.firstCost < found.data.secondCost} />
            <Side id={second} name={found.data.second} cost={found.data.secondCost} hard={found.data.secondHard} better={found.data.secondCost < found.data.firstCost} />
          </div>
          {found.data.differences.length === 0 ? <Notice tone="info">Every lesson is at the same time and in the same room in both.</Notice> : (
            <Blocks
              blocks={[{
                type: "table", title: `${found.data.differences.length} courses at other times`, rows: found.data.differences,
                columns: [{ key: "label", label: "Course" }, { key: "before", label: `Only in ${found.data.first}` }, { key: "after", label: `Only in ${found.data.second}` }],
              }]}
            />
          )}
        </>
      )}
    </div>
  );
}

function Side({ id, name, cost, hard, better }: { id: string; name: string; cost: number; hard: number; better: boolean }) {
  return (
    <section className="panel stack-tight" aria-label={name}>
      <h2 className="section-title"><Link to={`/timetables/${id}`}>{name}</Link></h2>
      <p><span className="compare-cost figures">{Math.round(cost * 100) / 100}</span> <span className="muted">cost of unmet wishes{better ? ", the lower" : ""}</span></p>
      <p className="muted">{hard ? `${hard} rules broken` : "Every rule kept"}</p>
    </section>
  );
}
