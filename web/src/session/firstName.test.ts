import { expect, it } from "vitest";
import { firstName } from "./firstName";

it.each([["Ada Okonjo", "Ada"], ["Dr Morenike Adegbuyi", "Dr Morenike"], ["Mrs. Ekaette Udofot", "Mrs. Ekaette"], ["Dr", "Dr"], ["", ""]])("greets %s as %s", (name, greeted) => {
  expect(firstName(name)).toBe(greeted);
});
