import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "../api/types";

const icons = { info: Info, warning: TriangleAlert, success: CircleCheck, danger: CircleAlert };

export function Notice({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  const Icon = icons[tone] ?? Info;
  return (
    <div className={`notice notice-${tone in icons ? tone : "info"}`}>
      <Icon size={18} aria-hidden="true" />
      <div className="notice-words">{children}</div>
      {action}
    </div>
  );
}
