import { describe, expect, it } from "vitest";
import { readableOn } from "./colour";
import { createFormat } from "./format";
import { initials } from "./Portrait";

const lagos = createFormat({ timeZone: "Africa/Lagos", locale: "en-NG", currency: "NGN" });
const saintJohn = createFormat({ timeZone: "America/St_Johns", locale: "en-CA", currency: "CAD" });

describe("format", () => {
  it("tells times in the school's zone", () => {
    expect(lagos.time("2026-01-05T22:30:00Z")).toBe("23:30");
    expect(saintJohn.time("2026-01-05T22:30:00Z")).toMatch(/7:00/);
  });

  it("keeps a date without a time that day, west of Greenwich too", () => {
    expect(saintJohn.date("2026-01-05")).toContain("Jan 5");
  });

  it("writes numbers, shares and money the school's way", () => {
    expect(lagos.cell(61.425, "number")).toBe("61.43");
    expect(lagos.cell(78.9, "percent")).toBe("78.9%");
    expect(lagos.cell("1234.5", "money")).toBe("₦1,234.50");
    expect(lagos.cell("n/a", "number")).toBe("n/a");
    expect(lagos.cell(null)).toBe("–");
    expect(lagos.cell(0, "number")).toBe("0");
  });

  it("says how long ago when near and the date when far", () => {
    const now = new Date("2026-01-10T12:00:00Z");
    expect(lagos.ago("2026-01-10T11:59:50Z", now)).toBe("just now");
    expect(lagos.ago("2026-01-10T11:40:00Z", now)).toMatch(/^20 min/);
    expect(lagos.ago("2025-12-01T12:00:00Z", now)).toBe("1 Dec 2025");
  });

  it("names the zone where the reader's clock shows another time, and the year when it is another", () => {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const school = (timeZone: string) => createFormat({ timeZone, locale: "en-NG", currency: "NGN" });
    const far = here === "Pacific/Kiritimati" ? "America/Adak" : "Pacific/Kiritimati";
    expect(school(far).dateTime(new Date())).toMatch(/(GMT|[A-Z]{3,4})[+-]?\d*$/);
    expect(school(here).dateTime(new Date())).toMatch(/\d$/);
    expect(school(here).dateTime("2019-06-15T12:00:00Z")).toContain("2019");
  });

  it("survives a zone, locale or date it does not know", () => {
    const odd = createFormat({ timeZone: "Mars/Base", locale: "no such locale", currency: "??" });
    expect(odd.time("2026-01-05T22:30:00Z")).toMatch(/10:30/);
    expect(odd.date("soon")).toBe("soon");
    expect(odd.money({ amount: 3, currency: "??" })).toBe("?? 3");
  });
});

it("makes initials of names with titles, brackets and diacritics", () => {
  expect(initials("Mrs Ìbùkún Ọlátúnbọ̀sún")).toBe("ÌỌ");
  expect(initials("Ada")).toBe("A");
  expect(initials("Okafor, Chidi (JSS 2)")).toBe("OC");
  expect(initials("123")).toBe("?");
});

it("chooses the ink that reads on a school's colour", () => {
  expect(readableOn("#7a1f3d")).toBe("#ffffff");
  expect(readableOn("#ffd54a")).toBe("#000000");
  expect(readableOn("url(javascript:1)")).toBeNull();
});
