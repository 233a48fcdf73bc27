import type { ReactNode } from "react";

export function EmptyState({ title, text, action, heading: Heading = "h2" }: { title: string; text: string; action?: ReactNode; heading?: "h1" | "h2" }) {
  return (
    <div className="empty-state">
      <Heading>{title}</Heading>
      <p className="muted">{text}</p>
      {action}
    </div>
  );
}
