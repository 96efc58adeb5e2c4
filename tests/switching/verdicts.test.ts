import { type Reply, type Sent, send } from "@jwt-auth/test-support/http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fieldsIn } from "../../packages/core/src/config/parse.js"
import { removeFolder } from "../docs/run-program.js"
import { makeFolder } from "./folder.js"
import { requests } from "./requests.js"
import { type Served, serve } from "./served-program.js"
import { differencesOf, pages, programOf, sides } from "./switching-page.js"

const folder = makeFolder()
afterAll(() => removeFolder(folder))

/** Refusals whose answers are compared too, and not just their status. */
const answers = {
  "the answer without a token": "no token",
  "the answer to an expired token": "expired an hour ago",
  "the answer without the scope": "`POST /orders` without the scope",
}

describe.each(pages)("%s: before and after", (page) => {
  const differences = differencesOf(page)
  const reversible = differences.filter(({ asBefore }) => asBefore !== "")
  let served: readonly Served[] = []
  beforeAll(async () => {
    const fields = new Set(reversible.map(({ asBefore }) => asBefore))
    const asBefore = withFields(programOf(page, "after"), [...fields])
    const programs = [...sides.map((side) => programOf(page, side)), asBefore]
    served = await Promise.all(programs.map((program) => serve(folder, program)))
  })
  afterAll(() => {
    for (const { stop } of served) stop()
  })

  const ask = (sent: Sent) => Promise.all(served.map(({ port }) => send(port, sent)))

  /** Equal, or different as the page says: a row that is no difference fails as well as a difference that is no row. */
  function expectAsShown(about: string, before: string, after: string) {
    const shown = differences.filter((row) => row.about === about).map((row) => [row.before, row.after])
    expect(shown).toEqual(before === after ? [] : [[before, after]])
  }

  it.each(Object.entries(requests))("%s", async (about, sent) => {
    const [before, after] = (await ask(sent)) as [Reply, Reply]
    expectAsShown(about, String(before.status), String(after.status))
    if (before.status === 200 && after.status === 200) expect(after.body).toBe(before.body)
  })

  it.each(Object.entries(answers))("%s", async (about, asked) => {
    const [before, after] = (await ask(requests[asked] ?? {})) as [Reply, Reply]
    expectAsShown(about, describeAnswer(before), describeAnswer(after))
  })

  it.each(reversible)("$about: as before with $asBefore", async ({ about }) => {
    const [before, , asBefore] = await ask(requests[about] ?? {})
    expect(asBefore?.status).toBe(before?.status)
  })

  it("every row is about something that was asked", () => {
    const asked = Object.keys({ ...requests, ...answers })
    expect(differences.map(({ about }) => about).filter((about) => !asked.includes(about))).toEqual([])
  })

  it("the good token is let in, and most of what is asked for is refused", async () => {
    const replies = await Promise.all(Object.values(requests).map(ask))
    const statuses = replies.map(([, after]) => after?.status)
    expect(statuses[0]).toBe(200)
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThan(statuses.length / 2)
  })
})

/** The program with these fields, each where it belongs: in the document or in the consumer. */
function withFields(program: string, fields: readonly string[]): string {
  const inDocument = new Set(fieldsIn(""))
  return fields.reduce((text, field) => {
    const neighbour = inDocument.has(field.split(":")[0] ?? "") ? "global_auth:" : "audiences:"
    return text.replace(neighbour, () => `${field},\n${neighbour}`)
  }, program)
}

/** The type of the body, and scheme and error of the challenge. */
function describeAnswer({ headers }: Reply): string {
  const type = headers["content-type"]?.split(";")[0]
  const challenge = headers["www-authenticate"]
  const error = /\berror="(\w+)"/.exec(challenge ?? "")?.[1]
  const parts = [type, challenge?.split(" ")[0], error].filter((part) => part !== undefined)
  return parts.length === 0 ? "neither" : parts.map((part) => `\`${part}\``).join(" ")
}
