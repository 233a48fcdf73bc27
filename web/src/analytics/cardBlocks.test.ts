import { expect, test } from "vitest";
import type { components } from "../api/schema";
import { cardBlocks } from "./cardBlocks";

const quality = (name: string, prAuc: number, calibrationError: number | null) => ({
  name, prAuc, rocAuc: 0.9, f1: 0.7, precisionAtCapacity: 0.975, recallAtCapacity: 0.5, calibrationError, brier: null,
});
const card: components["schemas"]["Card"] = {
  algorithm: "XGBoost", outcome: "Not promoted.", learnedOn: ["2023/2024", "2024/2025"], judgedOn: "2025/2026",
  servedFrom: ["2023/2024"], students: 100, examples: 200, prevalence: 0.178, capacity: 12, capacityShare: 0.1,
  qualities: [quality("Rule", 0.86, null), quality("XGBoost", 0.92, 0.019)], byCut: {},
  calibration: [{ predicted: 0.05, observed: 0.04, students: 80 }],
  groups: [{ group: "gender", value: "female", students: 50, prevalence: 0.2, flagged: 0.1, falseAlarms: 0.0056, missed: null }],
  features: [], neverUsed: ["gender"], decision: "Better.", limits: ["It sees only what is recorded."], seconds: 3, software: "xgboost 3.2.0",
};

test("every way to tell has its row, and what gives no probability has no calibration error", () => {
  const table = cardBlocks(card, null).find((block) => block.type === "table" && block.title === "How good on 2025/2026");
  expect(table).toMatchObject({ rows: [{ name: "Rule", calibration: null, precision: 97.5 }, { name: "XGBoost", calibration: 0.019 }] });
});

test("errors of a group are percents, and what cannot be said stays empty", () => {
  const blocks = cardBlocks(card, { lookedAt: "2026-11-26T10:00:00Z", students: 10, index: {}, worst: "score_trend", verdict: "moved" });
  expect(blocks.at(-1)).toMatchObject({ rows: [{ group: "gender: female", falseAlarms: 0.6, missed: null }] });
  expect(JSON.stringify(blocks[0])).toContain("moved (most: score trend)");
});
