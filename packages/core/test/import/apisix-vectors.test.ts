import { describe, expect, it } from "vitest"
import { fromApisix } from "../../src/import/apisix/from-apisix.js"
import { type AuthRequest, ConfigError, createAuthenticator } from "../../src/index.js"
import { seenDownstream } from "../keyring.js"
import vectors from "../vectors/apisix.vectors.json" with { type: "json" }

// Request cases of the gateway's own test suite and documentation: its config, a request, and what it answers.

interface Vector {
  readonly id: string
  readonly consumers: readonly object[]
  readonly plugin: object
  readonly request: { readonly method: string; readonly uri: string; readonly headers: object }
  readonly expect: {
    readonly status: number
    readonly headersForwarded?: Readonly<Record<string, string>>
    readonly headersNotForwarded?: unknown
    readonly responseHeaders?: Readonly<Record<string, string>>
  }
}

const cases = vectors.cases as unknown as readonly Vector[]

/** After every `nbf` of the cases, and before the `exp` of those that are meant to be valid. */
const now = Date.UTC(2026, 10, 22) / 1000

function importCase({ consumers, plugin }: Vector) {
  return fromApisix({ consumers, plugin }, { allowWeakHmac: true })
}

async function answer(vector: Vector) {
  const { config, notes } = await importCase(vector)
  const { method, uri, headers } = vector.request
  const request: AuthRequest = {
    method,
    host: "localhost",
    path: uri,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }
  const decision = await createAuthenticator(config, { now: () => now }).decide(request)
  return { decision, notes, request, status: decision.outcome === "deny" ? decision.denial.status : 200 }
}

/** Where the answer is another on purpose: the status here, and where the note stands that says so. */
const otherStatus: Readonly<Record<string, { readonly status: number; readonly note: string }>> = {
  // The token has expired, and the gateway looks at the claims of the list only.
  "apisixA-015": { status: 401, note: "plugin.claims_to_verify" },
}

/** Not a matter of authentication: a program that the test puts after the plugin answers 401 by itself. */
const afterwards = ["apisix4-007"]

/** Cannot be imported on purpose, and where the issue says why. */
const refused: Readonly<Record<string, string>> = {
  // An RSA key of 512 bits.
  "apisix-026": "consumers[0].jwt-auth.public_key",
}

/** Headers that are not sent here, with the notes that say so. */
const otherHeaders: Readonly<Record<string, string>> = {
  "x-credential-identifier": "plugin",
}

describe("the gateway's own case", () => {
  it("is one of 26, of which three are answered otherwise on purpose", () => {
    const listed = [...Object.keys(otherStatus), ...afterwards, ...Object.keys(refused)]
    expect([cases.length, listed.length]).toEqual([26, 3])
    expect(listed.filter((id) => !cases.some((vector) => vector.id === id))).toEqual([])
  })

  it.each(cases.filter(({ id }) => refused[id] === undefined))("$id is answered alike", async (vector) => {
    const { decision, status, notes, request } = await answer(vector)
    const other = otherStatus[vector.id]
    if (other !== undefined) {
      expect(other.status).not.toBe(vector.expect.status)
      expect(notes).toContainEqual(expect.objectContaining({ kind: "differs", path: other.note }))
    }
    expect(status).toBe(other?.status ?? (afterwards.includes(vector.id) ? 200 : vector.expect.status))
    if (decision.outcome === "deny") {
      expect(decision.denial.headers).toMatchObject(realmOf(vector))
      return
    }
    const seen = seenDownstream(decision, request.headers as Record<string, string>)
    for (const [name, value] of Object.entries(vector.expect.headersForwarded ?? {})) {
      const path =
        decision.outcome === "pass" ? "plugin.anonymous_consumer" : otherHeaders[name.toLowerCase()]
      if (path === undefined) expect([name, seen.get(name)]).toEqual([name, value])
      else {
        expect([name, seen.get(name)]).toEqual([name, null])
        expect(notes).toContainEqual(expect.objectContaining({ kind: "differs", path }))
      }
    }
    for (const name of [vector.expect.headersNotForwarded ?? []].flat())
      expect([name, seen.get(String(name))]).toEqual([name, null])
  })

  it.each(cases.filter(({ id }) => refused[id] !== undefined))(
    "$id is not imported, and the issue says which consumer is why",
    async (vector) => {
      const error = await importCase(vector).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ConfigError)
      expect((error as ConfigError).issues.map(({ path }) => path)).toEqual([refused[vector.id]])
      expect(String(error)).toContain("512 bits")
    },
  )

  it("has no secret in any note", async () => {
    for (const vector of cases.filter(({ id }) => refused[id] === undefined)) {
      const { notes } = await importCase(vector)
      const secrets = [...JSON.stringify(vector.consumers).matchAll(/"(?:secret|public_key)":"([^"]+)"/g)]
      for (const [, secret = ""] of secrets) expect(JSON.stringify(notes)).not.toContain(secret)
    }
  })
})

/** The challenge begins with the realm that the gateway sends. */
function realmOf({ expect: { responseHeaders } }: Vector): object {
  const challenge = responseHeaders?.["WWW-Authenticate"]
  return challenge === undefined ? {} : { "WWW-Authenticate": expect.stringContaining(challenge) }
}
