import type { Tone } from "../api/types";

const tones: Record<string, Tone | "neutral"> = { high: "danger", medium: "warning", low: "neutral" };

export function RiskBadge({ level, score }: { level: string; score?: number }) {
  return <span className={`badge badge-${tones[level] ?? "neutral"}`}>{level.charAt(0).toUpperCase() + level.slice(1)}{score !== undefined && ` ${Math.floor(score)}`}</span>;
}
