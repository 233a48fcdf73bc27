/** Times in the school's zone, numbers in its locale. */

import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Cell, CellKind, Money, School } from "../api/types";

export interface Format {
  number: (value: number) => string;
  percent: (value: number) => string;
  money: (value: Money) => string;
  date: (value: string | number | Date) => string;
  time: (value: string | number | Date) => string;
  /** With the year when it is another one, and with the zone where the reader's own clock shows another time. */
  dateTime: (value: string | number | Date) => string;
  /** "3 min ago" when near, a date when not. */
  ago: (value: string | number | Date, now?: Date) => string;
  fileSize: (bytes: number) => string;
  cell: (value: Cell, kind?: CellKind | null) => string;
}

type Place = Pick<School, "timeZone" | "locale" | "currency">;

export function createFormat({ timeZone, locale, currency }: Place): Format {
  const language = supported(locale);
  const zone = { timeZone: knownZone(timeZone) };
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", ...zone });
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", ...zone });
  const now = new Date();
  const moment: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...zone, ...(elsewhere(now, zone.timeZone) && { timeZoneName: "short" }) };
  const dateTime = new Intl.DateTimeFormat(language, moment);
  const dateTimeOfYear = new Intl.DateTimeFormat(language, { ...moment, year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  // A date without a time is a day in school; reading it as UTC midnight would show the day before west of Greenwich.
  const dayOnly = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  const at = (value: string | number | Date, how: Intl.DateTimeFormat): string => {
    const moment = new Date(value);
    return Number.isNaN(moment.getTime()) ? String(value) : how.format(moment);
  };
  const format: Format = {
    number: (value) => number.format(value),
    percent: (value) => `${number.format(value)}%`,
    money: ({ amount, currency: of }) => moneyText(language, Number(amount), of || currency),
    date: (value) => (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? at(value, dayOnly) : at(value, date)),
    time: (value) => at(value, time),
    dateTime: (value) => at(value, new Date(value).getFullYear() === now.getFullYear() ? dateTime : dateTimeOfYear),
    ago: (value, from = new Date()) => {
      const seconds = (new Date(value).getTime() - from.getTime()) / 1000;
      if (Number.isNaN(seconds)) return String(value);
      if (Math.abs(seconds) < 45) return "just now";
      if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
      if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
      if (Math.abs(seconds) < 6 * 86_400) return relative.format(Math.round(seconds / 86_400), "day");
      return format.date(value);
    },
    fileSize: (bytes) => {
      if (bytes < 1000) return `${bytes} B`;
      if (bytes < 1_000_000) return `${number.format(Math.round(bytes / 1000))} kB`;
      return `${number.format(Math.round(bytes / 100_000) / 10)} MB`;
    },
    cell: (value, kind) => {
      if (value === null || value === undefined || value === "") return "–";
      if (typeof value === "boolean") return value ? "Yes" : "No";
      if (kind === "date") return format.date(value);
      if (kind === "datetime") return format.dateTime(value);
      const numeric = typeof value === "number" ? value : Number(value);
      if (kind === "percent" && Number.isFinite(numeric)) return format.percent(numeric);
      if (kind === "money" && Number.isFinite(numeric)) return format.money({ amount: numeric, currency });
      if (kind === "number" && Number.isFinite(numeric)) return format.number(numeric);
      return typeof value === "number" ? format.number(value) : value;
    },
  };
  return format;
}

function moneyText(language: string, amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(amount);
  } catch {
    return `${currency} ${amount}`;
  }
}

/** Does the device's clock show another time than the school's? */
function elsewhere(now: Date, timeZone: string): boolean {
  const clock = (place: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", ...place }).format(now);
  return clock({}) !== clock({ timeZone });
}

function supported(locale: string): string {
  try {
    const tag = locale.replace("_", "-");
    return Intl.NumberFormat.supportedLocalesOf([tag])[0] ?? "en";
  } catch {
    return "en";
  }
}

function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

const FormatContext = createContext<Format>(createFormat({ timeZone: "UTC", locale: "en", currency: "USD" }));

export function FormatProvider({ school, children }: { school: Place; children: ReactNode }) {
  const { timeZone, locale, currency } = school;
  const format = useMemo(() => createFormat({ timeZone, locale, currency }), [timeZone, locale, currency]);
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

export const useFormat = (): Format => useContext(FormatContext);
