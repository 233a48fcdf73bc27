import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import { ApiContext } from "../api/ApiContext";
import { ApiClient } from "../api/client";
import type { Block, TableBlock } from "../api/types";
import { FormatProvider } from "../design/format";
import { Blocks } from "./Blocks";
import { chartTable } from "./ChartBlock";
import { SayContext } from "./SayContext";

function show(blocks: Block[], say: ((text: string) => void) | null = null) {
  const around = ({ children }: { children: ReactNode }) => (
    <ApiContext.Provider value={new ApiClient()}>
      <QueryClientProvider client={new QueryClient()}>
        <FormatProvider school={{ timeZone: "Africa/Lagos", locale: "en-NG", currency: "NGN" }}>
          <SayContext.Provider value={say}>{children}</SayContext.Provider>
        </FormatProvider>
      </QueryClientProvider>
    </ApiContext.Provider>
  );
  return render(<Blocks blocks={blocks} />, { wrapper: around });
}

const table: TableBlock = {
  type: "table", title: "Totals",
  columns: [{ key: "name", label: "Student", kind: "person" }, { key: "total", label: "Total", kind: "number" }, { key: "on", label: "Marked on", kind: "date" }],
  rows: [{ name: "Ngozi", total: 9, on: "2026-01-05" }, { name: "Ada", total: 100, on: null }, { name: "Bola", total: null, on: "2026-01-04" }],
};
const names = () => screen.getAllByRole("row").slice(1).map((row) => within(row).getAllByRole("cell")[0]?.textContent);

describe("a table", () => {
  it("sorts numbers as numbers, empty cells last, and back again", async () => {
    show([table]);
    const total = screen.getByRole("button", { name: "Total" });
    await userEvent.click(total);
    expect(names()).toEqual(["Ngozi", "Ada", "Bola"]);
    expect(screen.getByRole("columnheader", { name: "Total" })).toHaveProperty("ariaSort", "ascending");
    await userEvent.click(total);
    expect(names()).toEqual(["Ada", "Ngozi", "Bola"]);
    await userEvent.click(total);
    expect(names()).toEqual(["Ngozi", "Ada", "Bola"]);
  });

  it("shows a school day as that day, whatever the zone, and says when a cell is empty", () => {
    show([table]);
    expect(screen.getByText("5 Jan 2026")).toBeTruthy();
    expect(screen.getAllByLabelText("none")).toHaveLength(2);
  });

  it("shows a long table in part until asked for all of it", async () => {
    show([{ ...table, rows: Array.from({ length: 120 }, (_, index) => ({ name: `Student ${index}`, total: index })) }]);
    expect(names()).toHaveLength(50);
    await userEvent.click(screen.getByRole("button", { name: "Show all 120 rows" }));
    expect(names()).toHaveLength(120);
  });

  it("says so when it has no rows", () => {
    show([{ ...table, rows: [] }]);
    expect(screen.getByText("No rows.")).toBeTruthy();
  });
});

describe("choices", () => {
  it("say what was chosen, once", async () => {
    const say = vi.fn();
    show([{ type: "choices", question: "Which Chidi?", options: [{ label: "Chidi of Ruby", send: "Chidi Okafor, JSS 2 Ruby" }, { label: "Chidi of Gold", send: "x" }] }], say);
    await userEvent.click(screen.getByRole("button", { name: "Chidi of Ruby" }));
    await userEvent.click(screen.getByRole("button", { name: "Chidi of Gold" }));
    expect(say.mock.calls).toEqual([["Chidi Okafor, JSS 2 Ruby"]]);
  });

  it("cannot be pressed where there is no conversation", () => {
    show([{ type: "choices", question: "Which?", options: [{ label: "This", send: "this" }] }]);
    expect(screen.getByRole("button", { name: "This" })).toHaveProperty("disabled", true);
  });
});

describe("row errors", () => {
  it("name the row, what is wrong and what to do", () => {
    show([{ type: "errors", title: "1 row cannot be saved", items: [{ where: "Row 31", what: "Exam is 71, at most 60.", fix: "Enter 0 to 60." }] }]);
    expect(screen.getByText("Row 31")).toBeTruthy();
    expect(screen.getByText("Enter 0 to 60.")).toBeTruthy();
  });
});

describe("a chart", () => {
  it("has the numbers behind it", () => {
    const numbers = chartTable({
      type: "chart", chart: "line", title: "By term", x: { label: "Term" }, y: { label: "Average" },
      series: [{ name: "Maths", points: [{ x: "T1", y: 50 }, { x: "T2", y: 60 }] }, { name: "Physics", points: [{ x: "T2", y: 70 }] }],
    });
    expect(numbers.rows).toEqual([{ x: "T1", s0: 50, s1: null }, { x: "T2", s0: 60, s1: 70 }]);
    expect(numbers.columns.map((column) => column.label)).toEqual(["Term", "Maths", "Physics"]);
  });
});

it("shows a block this page does not know rather than dropping it", () => {
  show([{ type: "hologram", figure: 61.42 } as unknown as Block]);
  expect(screen.getByText(/61\.42/)).toBeTruthy();
});

describe("injected markup", () => {
  const attack = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><a href="javascript:window.hacked=1">x</a>`;
  const everywhere: [string, Block][] = [
    ["text", { type: "text", markdown: `${attack}\n\n[click](javascript:window.hacked=1) ![alt](https://elsewhere.example/pixel.png)` }],
    ["facts", { type: "facts", title: attack, items: [{ label: attack, value: attack }] }],
    ["table", { type: "table", title: attack, columns: [{ key: "a", label: attack, kind: "status" }], rows: [{ a: attack }] }],
    ["people", { type: "people", items: [{ id: "1", name: attack, subtitle: attack, photoUrl: "javascript:window.hacked=1" }] }],
    ["file", { type: "file", name: attack, url: "javascript:window.hacked=1", mediaType: attack }],
    ["citations", { type: "citations", items: [{ documentId: "1", title: attack, page: 1, quote: attack, url: "javascript:window.hacked=1" }] }],
    ["choices", { type: "choices", question: attack, options: [{ label: attack, send: attack }] }],
    ["errors", { type: "errors", title: attack, items: [{ where: attack, what: attack, fix: attack }] }],
    ["notice", { type: "notice", tone: "info", text: attack }],
    ["an unknown block", { type: attack, anything: attack } as unknown as Block],
  ];
  it.each(everywhere)("stays text in %s", (_name, block) => {
    const { container } = show([block]);
    expect(container.querySelectorAll("script, img, iframe, object, [onerror]")).toHaveLength(0);
    for (const link of container.querySelectorAll("a")) expect(link.getAttribute("href") ?? "").not.toMatch(/^javascript:/i);
    expect("hacked" in window).toBe(false);
  });
});
