import type { Tone } from "../api/types";

type BadgeTone = Tone | "neutral";

const tones: Record<string, BadgeTone> = {
  published: "success", executed: "success", succeeded: "success", delivered: "success", accepted: "success", sent: "success",
  present: "success", active: "success", approved: "success", saved: "success", read: "success", done: "success", paid: "success",
  pending: "warning", late: "warning", draft: "neutral", queued: "neutral", submitted: "info", running: "info", solving: "info", scheduled: "info",
  expired: "neutral", stale: "warning", cancelled: "neutral", declined: "neutral", withdrawn: "neutral", excused: "info",
  high: "danger", medium: "warning", low: "neutral",
  failed: "danger", absent: "danger", rejected: "danger", undelivered: "danger", overdue: "danger", dead: "danger",
};

export function StatusBadge({ status, label }: { status: string; label?: string }) {
  const tone = tones[status.toLowerCase().replaceAll(" ", "_")] ?? "neutral";
  const words = (label ?? status).replaceAll("_", " ");
  return <span className={`badge badge-${tone}`}>{words.charAt(0).toUpperCase() + words.slice(1)}</span>;
}
