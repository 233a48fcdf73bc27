/** A table as CSV (for saving) or TSV (for pasting into a spreadsheet). */

import type { Cell, TableBlock } from "../api/types";

export function toCsv(table: Pick<TableBlock, "columns" | "rows">): string {
  return lines(table, ",", (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));
}

export function toTsv(table: Pick<TableBlock, "columns" | "rows">): string {
  return lines(table, "\t", (value) => value.replace(/[\t\n\r]+/g, " "));
}

function lines({ columns, rows }: Pick<TableBlock, "columns" | "rows">, separator: string, quote: (value: string) => string): string {
  const head = columns.map((column) => quote(inert(column.label)));
  const body = rows.map((row) => columns.map((column) => quote(cellText(row[column.key]))));
  return [head, ...body].map((cells) => cells.join(separator)).join("\r\n") + "\r\n";
}

function cellText(value: Cell): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? inert(value) : String(value);
}

/** A spreadsheet runs text that begins like a formula; a leading apostrophe keeps it text. Plain numbers stay numbers. */
function inert(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)*%?$/.test(text) ? `'${text}` : text;
}
