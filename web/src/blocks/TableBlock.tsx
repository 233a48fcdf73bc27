import { ArrowDown, ArrowUp, Check, Copy, Download } from "lucide-react";
import { useId, useMemo, useState, type ReactNode } from "react";
import type { TableBlock, TableColumn, TableRow } from "../api/types";
import { useFormat } from "../design/format";
import { CellValue } from "./CellValue";
import { toCsv, toTsv } from "./csv";
import { saveFile } from "./saveFile";
import { sortRows, type Sorting } from "./sortRows";

const pageOfRows = 50;
const numeric = new Set(["number", "percent", "money"]);

const alignment = (column: TableColumn) => column.align ?? (numeric.has(column.kind ?? "text") ? "right" : "left");

interface Props {
  block: TableBlock;
  empty?: string;
  /** What stands in a cell instead of its value, such as a link. */
  cell?: (row: TableRow, column: TableColumn) => ReactNode;
}

export function TableBlockView({ block, empty = "No rows.", cell }: Props) {
  const format = useFormat();
  const titleId = useId();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [limit, setLimit] = useState(pageOfRows);
  const rows = useMemo(() => sortRows(block.rows, sorting), [block.rows, sorting]);
  const shown = rows.slice(0, limit);
  const total = block.total ?? block.rows.length;

  const sortBy = (key: string) =>
    setSorting((now) => (now?.key !== key ? { key, descending: false } : now.descending ? null : { key, descending: true }));

  return (
    <div className="block table-block">
      <header className="table-head">
        <h2 className="block-title">
          <span id={titleId} className={block.title ? undefined : "visually-hidden"}>{block.title ?? `Table of ${block.columns.map((column) => column.label).join(", ")}`}</span> <span className="muted count">{total > block.rows.length && `${format.number(block.rows.length)} of `}{format.number(total)} {total === 1 ? "row" : "rows"}</span>
        </h2>
        {block.rows.length > 0 && <TableActions block={{ ...block, rows }} />}
      </header>
      {block.rows.length === 0 ? (
        <p className="muted table-empty">{empty}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-labelledby={titleId}>
          <table>
            <thead>
              <tr>
                {block.columns.map((column) => (
                  <th
                    key={column.key}
                    scope="col"
                    className={`align-${alignment(column)}`}
                    aria-sort={sorting?.key !== column.key ? "none" : sorting.descending ? "descending" : "ascending"}
                  >
                    <button type="button" onClick={() => sortBy(column.key)}>
                      {column.label}
                      {sorting?.key === column.key && (sorting.descending ? <ArrowDown size={13} aria-hidden="true" /> : <ArrowUp size={13} aria-hidden="true" />)}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                <tr key={index}>
                  {block.columns.map((column) => (
                    <td key={column.key} className={`align-${alignment(column)} kind-${column.kind ?? "text"}`}>
                      {cell?.(row, column) ?? <CellValue value={row[column.key]} kind={column.kind} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown.length < rows.length && (
        <button type="button" className="button button-plain" onClick={() => setLimit(rows.length)}>
          Show all {format.number(rows.length)} rows
        </button>
      )}
    </div>
  );
}

function TableActions({ block }: { block: TableBlock }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(toTsv(block));
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <div className="table-actions">
      <button type="button" className="icon-button" aria-label="Copy the table" title="Copy" onClick={() => void copy()}>
        {copied ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
      </button>
      <button
        type="button" className="icon-button" aria-label="Save the table as CSV" title="Save as CSV"
        onClick={() => saveFile(`${fileName(block.title)}.csv`, new Blob(["\ufeff", toCsv(block)], { type: "text/csv;charset=utf-8" }))}
      >
        <Download size={16} aria-hidden="true" />
      </button>
      <span className="visually-hidden" role="status">{copied ? "The table was copied." : ""}</span>
    </div>
  );
}

const fileName = (title: string | null | undefined) => (title ?? "table").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() || "table";
