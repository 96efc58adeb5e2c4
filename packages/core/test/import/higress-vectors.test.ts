import { describe, expect, it } from "vitest"
import { fromHigress } from "../../src/import/index.js"
import { type AuthRequest, createAuthenticator, denialResponse } from "../../src/index.js"
import { seenDownstream } from "../keyring.js"
import vectors from "../vectors/gateway.vectors.json" with { type: "json" }

// The gateway's own test cases and README examples: their config as it stands, imported.

interface Vector {
  readonly id: string
  readonly config: unknown
  readonly request: Omit<AuthRequest, "headers"> & { readonly headers: Readonly<Record<string, string>> }
  readonly now: number | null
  readonly expect: {
    readonly status: number
    readonly body?: string
    readonly requestHeadersForwarded?: Readonly<Record<string, string>>
  }
}

const cases = vectors.cases as unknown as readonly Vector[]

/** A time at which the short-lived tokens of the test cases and the long-lived ones of the README are all valid. */
const whileAllAreValid = 1665673000

/** The answers that differ on purpose, and the note that says so. */
const deliberate: Readonly<Record<string, { readonly status: number; readonly note: string }>> = {
  "cpp/SkipAuthHeader/2-enable-header-empty": { status: 403, note: "enable_headers" },
}

async function answer({ config, request, now }: Vector) {
  const imported = fromHigress(config)
  const { decide } = createAuthenticator(imported.config, { now: () => now ?? whileAllAreValid })
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
  const decision = await decide({ ...request, headers: Object.fromEntries(headers) })
  if (decision.outcome !== "deny")
    return { ...imported, status: 200, body: undefined, seen: seenDownstream(decision) }
  const { status, body } = denialResponse(decision.denial)
  return { ...imported, status, body, seen: undefined }
}

describe("a case of the gateway, imported", () => {
  it("is one of seventeen: sixteen are equal, one differs on purpose", () => {
    expect([cases.length, Object.keys(deliberate).length]).toEqual([17, 1])
    expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(deliberate)))
  })

  it.each(cases.filter(({ id }) => deliberate[id] === undefined))("$id: the same answer", async (vector) => {
    const { status, body, seen } = await answer(vector)
    expect(status).toBe(vector.expect.status)
    if (vector.expect.body !== undefined) expect(body).toBe(vector.expect.body)
    for (const [name, value] of Object.entries(vector.expect.requestHeadersForwarded ?? {})) {
      expect([name, seen?.get(name)]).toEqual([name, value])
    }
  })

  it.each(cases.filter(({ id }) => deliberate[id] !== undefined))(
    "$id: another answer, and a note that says why",
    async (vector) => {
      const { status, notes } = await answer(vector)
      const wanted = deliberate[vector.id]
      expect(status).not.toBe(vector.expect.status)
      expect(status).toBe(wanted?.status)
      expect(notes.map(({ path, kind }) => `${kind} ${path}`)).toContain(`differs ${wanted?.note}`)
    },
  )

  it("is imported with nothing lost", () => {
    for (const { config } of cases) {
      expect(fromHigress(config).notes.filter(({ kind }) => kind === "lost")).toEqual([])
    }
  })
})
