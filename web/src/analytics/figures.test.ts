import { describe, expect, it } from "vitest";
import { riskChart, trajectoryChart } from "./figureCharts";
import { asQuery, offeredOf, readFilters, searchOf, withFilter } from "./figureFilters";

describe("filters in the address", () => {
  it("come back from a link as they were", () => {
    const filters = { term: "First Term", classArm: "b", subject: "c d" };
    expect(readFilters(new URLSearchParams(searchOf(filters)))).toEqual(filters);
    expect(searchOf({})).toBe("");
  });

  it("are the server's lists where it takes several", () => {
    expect(asQuery({ firstDay: "2026-09-14", group: "g", subject: "s" })).toEqual({ firstDay: "2026-09-14", groups: ["g"], subjects: ["s"] });
  });

  it("are those a page has, whatever the link carried", () => {
    const carried = { firstDay: "2026-09-14", group: "g", subject: "s" };
    expect(offeredOf(carried, ["term", "subject"])).toEqual({ subject: "s" });
    expect(offeredOf(carried, ["days", "group"])).toEqual({ firstDay: "2026-09-14", group: "g" });
  });

  it("drop what they exclude, and the page one was on", () => {
    const search = new URLSearchParams("term=t&group=g&subject=s&page=3");
    expect(withFilter(search, "firstDay", "2026-09-14").toString()).toBe("group=g&subject=s&firstDay=2026-09-14");
    expect(withFilter(search, "classArm", "c").toString()).toBe("term=t&subject=s&classArm=c");
    expect(withFilter(search, "term", "").toString()).toBe("group=g&subject=s");
  });
});

const student = { id: "1", name: "Ada Okonjo" };
const terms = [{ term: "First", average: 61, position: 3, soFar: false }, { term: "Second", average: 55.5, position: 9, soFar: false }];

describe("charts of figures", () => {
  it("draw the projection from the last term on, with its interval", () => {
    const chart = trajectoryChart({ asOf: "2026-11-26T18:00:00Z", student, terms, trend: "falling", subjectBreakdown: [], projectedEndOfYear: 52, projectedInterval: [46, 58] });
    expect(chart.series.map((series) => [series.name, series.points.at(-1)?.y])).toEqual([["Average", 55.5], ["Projected", 52], ["At the least", 46], ["At the most", 58]]);
    expect(chart.series[1]?.points[0]).toEqual({ x: "Second", y: 55.5 });
  });

  it("show no projection where there is none", () => {
    const chart = trajectoryChart({ asOf: "2026-11-26T18:00:00Z", student, terms, trend: "", subjectBreakdown: [], projectedEndOfYear: null, projectedInterval: null });
    expect(chart.series.map((series) => series.name)).toEqual(["Average"]);
  });

  it("count each level of risk once", () => {
    expect(riskChart("Risk", { high: 2, medium: 0, low: 30 }).series[0]?.points.map((point) => point.y)).toEqual([2, 0, 30]);
  });
});
