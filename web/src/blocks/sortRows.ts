import type { Cell, TableRow } from "../api/types";

export interface Sorting { key: string; descending: boolean }

const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Sorted copy; empty cells stay last either way round. */
export function sortRows(rows: TableRow[], sorting: Sorting | null): TableRow[] {
  if (!sorting) return rows;
  const { key, descending } = sorting;
  return [...rows].sort((left, right) => {
    const a = left[key];
    const b = right[key];
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
    return descending ? -compare(a, b) : compare(a, b);
  });
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return words.compare(String(a), String(b));
}

const isEmpty = (value: Cell): value is null | undefined | "" => value === null || value === undefined || value === "";
