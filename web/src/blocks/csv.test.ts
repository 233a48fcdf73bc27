import { describe, expect, it } from "vitest";
import { toCsv, toTsv } from "./csv";

const columns = [{ key: "name", label: "Student" }, { key: "total", label: "Total" }];

describe("a saved table", () => {
  it("quotes commas, quotes and line breaks", () => {
    expect(toCsv({ columns, rows: [{ name: 'Ada "A", B\nC', total: 9.5 }] })).toBe('Student,Total\r\n"Ada ""A"", B\nC",9.5\r\n');
  });

  it("keeps a formula text, and a negative number a number", () => {
    const csv = toCsv({ columns, rows: [{ name: "=HYPERLINK(1)", total: -4 }, { name: "@SUM", total: "-3.5" }, { name: "+234 803", total: null }] });
    expect(csv.split("\r\n").slice(1, 4)).toEqual(["'=HYPERLINK(1),-4", "'@SUM,-3.5", "'+234 803,"]);
  });

  it("pastes one row a line", () => {
    expect(toTsv({ columns, rows: [{ name: "Ada\tB\nC", total: 1 }] })).toBe("Student\tTotal\r\nAda B C\t1\r\n");
  });
});
