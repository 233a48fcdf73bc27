/** What the figures are narrowed by, kept in the page's address: a link opens what was looked at. */

export const filterNames = ["term", "firstDay", "lastDay", "group", "classArm", "subject"] as const;
export type FilterName = (typeof filterNames)[number];
export type FigureFilters = Partial<Record<FilterName, string>>;

/** What a page offers to be narrowed by; days are two filters. */
export type Narrowing = "term" | "days" | "group" | "classArm" | "subject";

/** Of what stands in the address, the filters a page has. */
export function offeredOf(filters: FigureFilters, offered: Narrowing[]): FigureFilters {
  const here = (name: string) => offered.includes((name === "firstDay" || name === "lastDay" ? "days" : name) as Narrowing);
  return Object.fromEntries(Object.entries(filters).filter(([name]) => here(name)));
}

export function readFilters(search: URLSearchParams): FigureFilters {
  const found: FigureFilters = {};
  for (const name of filterNames) {
    const value = search.get(name);
    if (value) found[name] = value;
  }
  return found;
}

/** The address with one filter changed. Days and a term exclude each other; so do a class and its group. */
export function withFilter(search: URLSearchParams, name: FilterName, value: string): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("page");
  if (value) next.set(name, value);
  else next.delete(name);
  const excluded: Partial<Record<FilterName, FilterName[]>> = { term: ["firstDay", "lastDay"], firstDay: ["term"], lastDay: ["term"], group: ["classArm"], classArm: ["group"] };
  if (value) for (const other of excluded[name] ?? []) next.delete(other);
  return next;
}

export interface FigureQuery { term?: string; firstDay?: string; lastDay?: string; groups?: string[]; classArms?: string[]; subjects?: string[] }

/** The filters as the server reads them. */
export function asQuery({ term, firstDay, lastDay, group, classArm, subject }: FigureFilters): FigureQuery {
  return {
    ...(term && { term }), ...(firstDay && { firstDay }), ...(lastDay && { lastDay }),
    ...(group && { groups: [group] }), ...(classArm && { classArms: [classArm] }), ...(subject && { subjects: [subject] }),
  };
}

/** Filters carried from page to page of the dashboard, as the tail of an address. */
export function searchOf(filters: FigureFilters): string {
  const search = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name];
    if (value) search.set(name, value);
  }
  const text = search.toString();
  return text && `?${text}`;
}
