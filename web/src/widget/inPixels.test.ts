import { expect, it } from "vitest";
import { inPixels } from "./inPixels";

it("turns rem into pixels and leaves everything else", () => {
  expect(inPixels("a{padding:.5rem 1rem;margin:-0.35rem;width:min(15rem,100%);--b:1.5rem}")).toBe(
    "a{padding:8px 16px;margin:-5.6px;width:min(240px,100%);--b:24px}",
  );
  expect(inPixels(".rem-2rem{top:1px}")).toBe(".rem-2rem{top:1px}");
});
