import { expect, it } from "vitest"
import { cellKey, cellsIn, withTable } from "./table.js"

const page = (table: string) => `before\n<!-- runtimes -->\n${table}<!-- /runtimes -->\nafter\n`
const table = "|  | A 1 | B 2 |\n| --- | --- | --- |\n| x | 1 · 2 | — |\n| y | 3 · 4 | 5 |\n"
const cells = new Map([
  [cellKey("x", "A 1"), "1 · 2"],
  [cellKey("y", "A 1"), "3 · 4"],
  [cellKey("y", "B 2"), "5"],
])

it("the table stands between its marks, and takes the place of the one before", () => {
  const written = withTable(page("old\n"), ["x", "y"], ["A 1", "B 2"], cells)
  expect(written).toBe(page(table))
  expect(withTable(written, ["x", "y"], ["A 1", "B 2"], cells)).toBe(written)
})

it("what a run does not know is taken from the page as it is", () => {
  const known = new Map(cellsIn(page(table)))
  known.set(cellKey("y", "B 2"), "6")
  expect(withTable(page(table), ["x", "y"], ["A 1", "B 2"], known)).toBe(page(table.replace("5", "6")))
})

it("of another version the page knows nothing", () => {
  expect(cellsIn(page(table)).get(cellKey("y", "B 3"))).toBeUndefined()
})

it("a page without a place for the table is an error, not a table that nobody sees", () => {
  expect(() => withTable("before\nafter\n", [], [], cells)).toThrow("no place")
})
