import { describe, expect, it } from "vitest"
import { allPages, blocksOf, readPage } from "./pages.js"
import { Machine, transcriptOf } from "./transcript.js"

const pages = allPages.filter((page) => transcriptOf(page).exchanges.length > 0)

describe.each(pages)("%s shows what the command line prints", (page) => {
  const { files, exchanges } = transcriptOf(page)
  const machine = new Machine(files)

  // In the order of the page: a command may read what one before it has written.
  it.each(exchanges)("$name", async ({ command, output }) => {
    expect(await machine.type(command)).toBe(output)
  })
})

it.each(["docs/troubleshooting.md", "docs/troubleshooting.zh-CN.md", "packages/cli/README.md"])(
  "%s has transcripts: the tests above are not empty",
  (page) => {
    expect(pages).toContain(page)
  },
)

it("the page in Chinese has the files and the commands of the page in English", () => {
  const [english, chinese] = ["docs/troubleshooting.md", "docs/troubleshooting.zh-CN.md"].map(transcriptOf)
  const commands = (page = english) => page?.exchanges.map(({ command, output }) => ({ command, output }))
  expect(commands(chinese)).toEqual(commands())
  expect(chinese?.files).toEqual(english?.files)
})

it("what a page calls a part of another stands there", () => {
  const parts = allPages
    .flatMap((page) => blocksOf(page))
    .flatMap(({ marks, text }) =>
      marks
        .filter((mark) => mark.startsWith("part of "))
        .map((mark) => ({ page: mark.slice("part of ".length), text })),
    )
  expect(parts).not.toEqual([])
  for (const { page, text } of parts) expect(readPage(page)).toContain(text)
})
