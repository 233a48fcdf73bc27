/** Recharts, loaded only when a chart is looked at. Colours and type come from the page's own tokens. */

import { useMemo } from "react";
import { Bar, BarChart, CartesianGrid, Cell, Legend, Line, LineChart, Pie, PieChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ChartBlock } from "../api/types";
import { useFormat } from "../design/format";

const colours = ["var(--chart-1)", "var(--chart-2)", "var(--chart-3)", "var(--chart-4)", "var(--chart-5)"];
const colour = (index: number) => colours[index % colours.length] ?? "var(--chart-1)";
/** What is serious does not look harmless because it happens to be the first slice. */
const levels: Record<string, string> = { High: "var(--danger)", Medium: "var(--chart-2)", Low: "var(--chart-1)" };
const still = typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

export default function ChartFigure({ block }: { block: ChartBlock }) {
  const format = useFormat();
  const rows = useMemo(() => {
    const places = [...new Set(block.series.flatMap((series) => series.points.map((point) => point.x)))];
    return places.map((x) => {
      const row: Record<string, string | number | null> = { x };
      block.series.forEach((series, index) => (row[`s${index}`] = series.points.find((point) => point.x === x)?.y ?? null));
      return row;
    });
  }, [block]);
  const label = `${block.title}. ${describe(block, format.number)}`;
  const tooltip = (
    <Tooltip
      formatter={(value) => (typeof value === "number" ? format.number(value) : String(value))}
      contentStyle={{ background: "var(--surface-raised)", border: "1px solid var(--line)", borderRadius: 8, color: "var(--ink)" }}
      cursor={{ fill: "var(--hover)", stroke: "var(--line)" }}
    />
  );

  if (block.chart === "pie") {
    const slices = (block.series[0]?.points ?? []).map((point) => ({ name: String(point.x), value: point.y ?? 0 }));
    return (
      <div className="chart-figure" role="img" aria-label={label}>
        <ResponsiveContainer width="100%" height="100%">
          <PieChart accessibilityLayer={false}>
            <Pie data={slices} dataKey="value" nameKey="name" innerRadius="55%" outerRadius="85%" isAnimationActive={!still} stroke="var(--surface)">
              {slices.map((slice, index) => <Cell key={slice.name} fill={levels[slice.name] ?? colour(index)} />)}
            </Pie>
            {tooltip}
            <Legend />
          </PieChart>
        </ResponsiveContainer>
      </div>
    );
  }

  // Values far from zero and near each other would be one flat line; a bar's length counts from zero always.
  const values = block.series.flatMap((series) => series.points.flatMap((point) => (point.y === null ? [] : [point.y])));
  const near = block.chart === "line" && values.length > 1 && Math.max(...values) - Math.min(...values) < Math.min(...values) / 4;
  const axes = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line-soft)" />,
    <XAxis key="x" dataKey="x" tickLine={false} axisLine={{ stroke: "var(--line)" }} tick={{ fill: "var(--ink-muted)", fontSize: 12 }} minTickGap={12} />,
    <YAxis key="y" width={44} domain={near ? [(least: number) => Math.floor(least), (most: number) => Math.ceil(most)] : [0, "auto"]} allowDecimals={!near} tickFormatter={format.number} tickLine={false} axisLine={false} tick={{ fill: "var(--ink-muted)", fontSize: 12 }} />,
  ];
  const legend = block.series.length > 1 ? <Legend /> : null;
  return (
    <div className="chart-figure" role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height="100%">
        {block.chart === "line" ? (
          <LineChart data={rows} accessibilityLayer={false} margin={{ top: 8, right: 12, bottom: 4, left: 0 }}>
            {axes}{tooltip}{legend}
            {block.series.map((series, index) => (
              <Line key={series.name} dataKey={`s${index}`} name={series.name} stroke={colour(index)} strokeWidth={2} dot={{ r: 3 }} connectNulls isAnimationActive={!still} />
            ))}
          </LineChart>
        ) : (
          <BarChart data={rows} accessibilityLayer={false} barCategoryGap={block.chart === "histogram" ? 2 : "20%"} margin={{ top: 8, right: 12, bottom: 4, left: 0 }}>
            {axes}{tooltip}{legend}
            {block.series.map((series, index) => (
              <Bar key={series.name} dataKey={`s${index}`} name={series.name} fill={colour(index)} radius={[3, 3, 0, 0]} maxBarSize={56} isAnimationActive={!still} />
            ))}
          </BarChart>
        )}
      </ResponsiveContainer>
      {(block.x?.label || block.y?.label) && (
        <p className="chart-axes muted">{[block.y?.label, block.y?.label ? lowered(block.x?.label) : block.x?.label].filter(Boolean).join(" by ")}</p>
      )}
    </div>
  );
}

/** “Students by risk”; an abbreviation keeps its capitals. */
const lowered = (label: string | undefined) => (label && /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label);

function describe(block: ChartBlock, number: (value: number) => string): string {
  return block.series
    .map((series) => {
      const values = series.points.flatMap((point) => (point.y === null ? [] : [point.y]));
      if (values.length === 0) return `${series.name}: no values.`;
      return `${series.name}: ${values.length} values from ${number(Math.min(...values))} to ${number(Math.max(...values))}.`;
    })
    .join(" ");
}
