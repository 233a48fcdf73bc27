/** Figures as the charts they are looked at in; every number is the server's own. */

import type { components } from "../api/schema";
import type { ChartBlock } from "../api/types";

type Schemas = components["schemas"];
type Spread = Schemas["Distribution"];
interface Levels { high: number; medium: number; low: number }

export const riskChart = (title: string, { high, medium, low }: Levels): ChartBlock => ({
  type: "chart", chart: "bar", title, x: { label: "Risk" }, y: { label: "Students" },
  series: [{ name: "Students", points: [{ x: "High", y: high }, { x: "Medium", y: medium }, { x: "Low", y: low }] }],
});

export const scoresChart = (title: string, spread: Spread, counted = "Totals"): ChartBlock => ({
  type: "chart", chart: "histogram", title, x: { label: "Percent" }, y: { label: counted },
  series: [{ name: counted, points: spread.bins.map((bin) => ({ x: bin.label, y: bin.students })) }],
});

export const gradesChart = (title: string, spread: Spread): ChartBlock => ({
  type: "chart", chart: "bar", title, x: { label: "Grade" }, y: { label: "Totals" },
  series: [{ name: "Totals", points: spread.grades.map((one) => ({ x: one.grade, y: one.students })) }],
});

export const averagesChart = (title: string, terms: { term: string; average?: number | null; passRate?: number | null }[]): ChartBlock => ({
  type: "chart", chart: "line", title, x: { label: "Term" }, y: { label: "Percent" },
  series: [
    { name: "Average", points: terms.map((one) => ({ x: one.term, y: one.average ?? null })) },
    ...(terms.some((one) => one.passRate != null) ? [{ name: "Pass rate", points: terms.map((one) => ({ x: one.term, y: one.passRate ?? null })) }] : []),
  ],
});

export const ratesChart = (title: string, x: string, places: { place: string; rate?: number | null }[], chart: "line" | "bar" = "line"): ChartBlock => ({
  type: "chart", chart, title, x: { label: x }, y: { label: "Percent present" },
  series: [{ name: "Present", points: places.map(({ place, rate }) => ({ x: place, y: rate ?? null })) }],
});

/** Terms behind a student and the end of the year ahead, with the interval it will most likely fall in. */
export function trajectoryChart({ student, terms, projectedEndOfYear, projectedInterval }: Schemas["Trajectory"]): ChartBlock {
  const last = terms.at(-1);
  const ahead = (name: string, y: number | undefined) => ({ name, points: last && y !== undefined ? [{ x: last.term, y: last.average }, { x: "End of year", y }] : [] });
  const [low, high] = projectedInterval ?? [];
  const projected = projectedEndOfYear == null ? [] : [ahead("Projected", projectedEndOfYear), ahead("At the least", low), ahead("At the most", high)];
  return {
    type: "chart", chart: "line", title: `Averages of ${student.name}`, x: { label: "Term" }, y: { label: "Percent" },
    series: [{ name: "Average", points: terms.map((one) => ({ x: one.term, y: one.average })) }, ...projected.filter((series) => series.points.length > 0)],
  };
}

export function comparisonChart({ classes, subject, level }: Schemas["ClassComparison"]): ChartBlock {
  return {
    type: "chart", chart: "bar", title: `${level.name}, ${subject?.name.toLowerCase() ?? "all subjects"}`, x: { label: "Class" }, y: { label: "Percent" },
    series: [
      { name: "Average", points: classes.map((one) => ({ x: one.classArm.name, y: one.figures?.average ?? null })) },
      { name: "Pass rate", points: classes.map((one) => ({ x: one.classArm.name, y: one.figures?.passRate ?? null })) },
    ],
  };
}
