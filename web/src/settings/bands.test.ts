import { expect, test } from "vitest";
import { bandsFault, type EditedBand } from "./bands";

const bands = (...rows: [string, string][]): EditedBand[] => rows.map(([grade, from], key) => ({ key, grade, from, remark: "" }));

test("bands that cover every total once may be kept", () => {
  expect(bandsFault(bands(["A", "74.5"], ["B", "50"], ["F", "0"]), "40")).toBeNull();
});

test.each([
  [bands(["A", "50"], ["", "0"]), "40", /needs a grade/],
  [bands(["A", "fifty"], ["F", "0"]), "40", /number between 0 and 100/],
  [bands(["A", "50.123"], ["F", "0"]), "40", /two decimals/],
  [bands(["A", "101"], ["F", "0"]), "40", /between 0 and 100/],
  [bands(["A", "50"], ["A", "0"]), "40", /twice/],
  [bands(["A", "0"], ["B", "0.00"]), "40", /same total/],
  [bands(["A", "50"], ["B", "10"]), "40", /begins at 0/],
  [bands(["A", "0"]), "", /pass mark/],
])("what cannot be kept says why (%#)", (rows, passes, why) => {
  expect(bandsFault(rows, passes)).toMatch(why);
});
