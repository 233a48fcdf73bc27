import type { Cell, CellKind } from "../api/types";
import { useFormat } from "../design/format";
import { StatusBadge } from "../design/StatusBadge";

export function CellValue({ value, kind }: { value: Cell; kind?: CellKind | null | undefined }) {
  const format = useFormat();
  if (value === null || value === undefined || value === "") return <span className="faint" aria-label="none">–</span>;
  if (kind === "status") return <StatusBadge status={String(value)} />;
  if (kind === "grade") return <span className="grade">{String(value)}</span>;
  return <>{format.cell(value, kind)}</>;
}
