import { expect, it } from "vitest"
import { blocksOf, readPage } from "./pages.js"

const lines = (text: string | undefined) => (text ?? "").trimEnd().split("\n").length

it.each([
  ["README.md", 260],
  ["packages/express/README.md", 80],
  ["packages/koa/README.md", 80],
  ["packages/hono/README.md", 90],
  ["packages/core/README.md", 100],
  ["SECURITY.md", 150],
])("%s stays short enough to read: at most %i lines", (page, most) => {
  expect(lines(readPage(page))).toBeLessThanOrEqual(most)
})

it("the README's first program is complete in 25 lines, and comes before line 20", () => {
  const first = blocksOf("README.md").find(({ language }) => language === "ts")
  expect(first?.line).toBeLessThanOrEqual(20)
  expect(lines(first?.text)).toBeLessThanOrEqual(25)
})

it.each(["express", "koa", "hono"])("the first example of %s is at most 15 lines", (name) => {
  const first = blocksOf(`packages/${name}/README.md`).find(({ language }) => language === "ts")
  expect(lines(first?.text)).toBeLessThanOrEqual(15)
})

it("the adapter in the core's README is at most 40 lines", () => {
  const adapter = blocksOf("packages/core/README.md").find(({ text }) =>
    text.includes("export function protect"),
  )
  expect(lines(adapter?.text)).toBeLessThanOrEqual(40)
})
