import { existsSync, statSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { describe, expect, it } from "vitest"
import { allPages, readPage, root } from "./pages.js"

describe("every relative link in the documentation leads somewhere", () => {
  it.each(allPages)("%s", (page) => {
    const dead = linksOf(page).filter((link) => !leadsSomewhere(page, link))
    expect(dead).toEqual([])
  })

  it("a dead file and a dead heading are found out", () => {
    expect(leadsSomewhere("README.md", "docs/nowhere.md")).toBe(false)
    expect(leadsSomewhere("README.md", "docs/configuration.md#nowhere")).toBe(false)
    expect(leadsSomewhere("README.md", "docs/configuration.md#token-places")).toBe(true)
  })
})

it("every source file that docs/request-flow.md names is there", () => {
  const named = [...readPage("docs/request-flow.md").matchAll(/`([\w/-]+\.ts)`/g)].map(
    ([, name]) => name ?? "",
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !existsSync(join(root, "packages/core/src", name)))).toEqual([])
})

function linksOf(page: string): readonly string[] {
  const prose = readPage(page).replace(/^```.*?^```$/gms, "")
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "")
  return links.filter((link) => !/^https?:/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#")
  const target = path === "" ? join(root, page) : join(root, dirname(page), path)
  if (!existsSync(target)) return false
  if (heading === undefined || statSync(target).isDirectory()) return true
  return headingsOf(relative(root, target)).includes(heading)
}

/** As GitHub names them. */
function headingsOf(page: string): readonly string[] {
  return [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  )
}
