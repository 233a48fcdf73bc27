/** A model card as facts, tables and a chart; every figure is the card's own. */

import type { components } from "../api/schema";
import type { ChartBlock, FactsBlock, TableBlock } from "../api/types";

type Card = components["schemas"]["Card"];
type Drift = components["schemas"]["Drift"];

const percent = (share: number) => Math.round(1000 * share) / 10;

export function cardBlocks(card: Card, drift: Drift | null): (FactsBlock | TableBlock | ChartBlock)[] {
  return [facts(card, drift), qualities(card), calibration(card), groups(card)];
}

function facts(card: Card, drift: Drift | null): FactsBlock {
  return {
    type: "facts",
    title: "What it learned",
    items: [
      { label: "Learned on", value: card.learnedOn.join(", ") },
      { label: "Judged on", value: card.judgedOn },
      { label: "Students", value: card.students, kind: "number" },
      { label: "Had the outcome", value: percent(card.prevalence), kind: "percent" },
      { label: "The school can help", value: card.capacity, kind: "number" },
      { label: "Students now against then", value: drift ? `${drift.verdict}${drift.worst ? ` (most: ${drift.worst.replaceAll("_", " ")})` : ""}` : "not looked at yet" },
    ],
  };
}

function qualities(card: Card): TableBlock {
  return {
    type: "table",
    title: `How good on ${card.judgedOn}`,
    columns: [
      { key: "name", label: "Way to tell" },
      { key: "prAuc", label: "PR-AUC", kind: "number" },
      { key: "f1", label: "F1", kind: "number" },
      { key: "precision", label: "Flagged rightly", kind: "percent" },
      { key: "recall", label: "Found of all", kind: "percent" },
      { key: "calibration", label: "Calibration error", kind: "number" },
    ],
    rows: card.qualities.map((each) => ({
      name: each.name, prAuc: each.prAuc, f1: each.f1, precision: percent(each.precisionAtCapacity),
      recall: percent(each.recallAtCapacity), calibration: each.calibrationError,
    })),
  };
}

function calibration(card: Card): ChartBlock {
  const points = (of: "predicted" | "observed") => card.calibration.map((bin) => ({ x: `${percent(bin.predicted)}`, y: percent(bin[of]) }));
  return {
    type: "chart",
    chart: "line",
    title: "Said and seen",
    x: { label: "Chance said, percent" },
    y: { label: "Percent" },
    series: [{ name: "Seen", points: points("observed") }, { name: "Said", points: points("predicted") }],
  };
}

function groups(card: Card): TableBlock {
  return {
    type: "table",
    title: "Whom errors fall on",
    columns: [
      { key: "group", label: "Group" },
      { key: "students", label: "Cases", kind: "number" },
      { key: "falseAlarms", label: "False alarms", kind: "percent" },
      { key: "missed", label: "Missed", kind: "percent" },
    ],
    rows: card.groups.map((each) => ({
      group: `${each.group}: ${each.value}`, students: each.students,
      falseAlarms: each.falseAlarms === null || each.falseAlarms === undefined ? null : percent(each.falseAlarms),
      missed: each.missed === null || each.missed === undefined ? null : percent(each.missed),
    })),
  };
}
