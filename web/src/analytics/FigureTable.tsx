import { ArrowDown, ArrowUp } from "lucide-react";
import { useId, useMemo, useState, type ReactNode } from "react";
import { Link } from "react-router";
import type { Cell, CellKind } from "../api/types";
import { CellValue } from "../blocks/CellValue";
import { sortRows, type Sorting } from "../blocks/sortRows";

export interface FigureColumn { key: string; label: string; kind?: CellKind }
export interface FigureRow { key: string; to?: string; cells: Record<string, Cell>; shown?: Record<string, ReactNode> }

/** A table whose first column leads to the figures of what it names. Headings sort. */
export function FigureTable({ title, columns, rows, empty }: { title: string; columns: FigureColumn[]; rows: FigureRow[]; empty?: string }) {
  const titleId = useId();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const sorted = useMemo(() => {
    const cells = rows.map((row, index) => ({ ...row.cells, _: index }));
    return sortRows(cells, sorting).flatMap((cell) => rows[Number(cell._)] ?? []);
  }, [rows, sorting]);
  const sortBy = (key: string) => setSorting((now) => (now?.key !== key ? { key, descending: false } : now.descending ? null : { key, descending: true }));
  const align = (column: FigureColumn) => (column.kind === "number" || column.kind === "percent" ? "align-right" : "align-left");
  return (
    <section className="table-block">
      <header className="table-head"><h2 className="block-title" id={titleId}>{title}</h2></header>
      {rows.length === 0 ? <p className="muted table-empty">{empty ?? "None."}</p> : (
        <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={titleId}>
          <table>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.key} scope="col" className={align(column)} aria-sort={sorting?.key !== column.key ? "none" : sorting.descending ? "descending" : "ascending"}>
                    <button type="button" onClick={() => sortBy(column.key)}>
                      {column.label}
                      {sorting?.key === column.key && (sorting.descending ? <ArrowDown size={13} aria-hidden="true" /> : <ArrowUp size={13} aria-hidden="true" />)}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((row) => (
                <tr key={row.key}>
                  {columns.map((column, index) => (
                    <td key={column.key} className={align(column)}>
                      {row.shown?.[column.key] ?? (index === 0 && row.to ? <Link to={row.to}>{String(row.cells[column.key])}</Link> : <CellValue value={row.cells[column.key]} kind={column.kind} />)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
