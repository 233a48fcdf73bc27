import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Cell, TableColumn } from "../api/types";
import { TableBlockView } from "../blocks/TableBlock";

export interface FigureRow { to?: string; cells: Record<string, Cell>; shown?: Record<string, ReactNode> }

/** Under which a row carries its place in the list through sorting; no column has this name. */
const rowNumber = "#";

/** A table whose first column leads to the figures of what it names; `shown` stands in the place of single cells. */
export function FigureTable({ title, columns, rows, total = rows.length, empty = "None." }: { title: string; columns: TableColumn[]; rows: FigureRow[]; total?: number; empty?: string }) {
  return (
    <TableBlockView
      block={{ type: "table", title, total, columns, rows: rows.map((row, index) => ({ ...row.cells, [rowNumber]: index })) }}
      empty={empty}
      cell={(cells, column) => {
        const row = rows[Number(cells[rowNumber])];
        const link = row?.to && column.key === columns[0]?.key ? <Link to={row.to}>{String(row.cells[column.key])}</Link> : undefined;
        return row?.shown?.[column.key] ?? link;
      }}
    />
  );
}
