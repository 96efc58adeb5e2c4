import { describe, expect, it } from "vitest"
import {
  type AuthRequest,
  checkConfig,
  createAuthenticator,
  denialResponse,
  type JwtAuthConfig,
  type Rule,
} from "../../src/index.js"
import { seenDownstream } from "../keyring.js"
import vectors from "./gateway.vectors.json" with { type: "json" }

// The gateway's own test cases and README examples, run through the core.

interface GatewayRule {
  readonly _match_route_?: readonly string[]
  readonly _match_domain_?: readonly string[]
  readonly allow: readonly string[]
}

type GatewayConfig = Omit<JwtAuthConfig, "rules"> & {
  readonly enable_headers?: readonly string[]
  readonly _rules_?: readonly GatewayRule[]
}

interface Vector {
  readonly id: string
  readonly config: GatewayConfig
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

function translate({ _rules_, ...config }: GatewayConfig): JwtAuthConfig {
  if (_rules_ === undefined) return config
  const rules = _rules_.map(
    ({ _match_route_, _match_domain_, allow }): Rule => ({
      match: {
        ...(_match_route_ !== undefined && { route: _match_route_ }),
        ...(_match_domain_ !== undefined && { domain: _match_domain_ }),
      },
      allow,
    }),
  )
  return { ...config, rules }
}

/** Our documented answers where a case says nothing of the body, or where the gateway's program and document differ. */
const bodies: Readonly<Record<string, string>> = {
  // The document we follow says "Jwt missing"; the gateway's program sends "Jwt is missing".
  "readme/3-missing-401": "Jwt missing",
  "readme/5-global_auth-true": "Jwt missing",
}

async function answer({ config, request, now }: Pick<Vector, "config" | "request" | "now">) {
  const authenticator = createAuthenticator(translate(config), { now: () => now ?? whileAllAreValid })
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
  const decision = await authenticator.decide({ ...request, headers: Object.fromEntries(headers) })
  if (decision.outcome === "deny") {
    const { status, body } = denialResponse(decision.denial)
    return { status, body, forwarded: undefined }
  }
  return { status: 200, body: undefined, forwarded: seenDownstream(decision) }
}

describe("the gateway's own case", () => {
  const undocumented = cases.filter(({ config }) => config.enable_headers !== undefined)
  const documented = cases.filter((vector) => !undocumented.includes(vector))

  it("is one of seventeen, of which two use a field that its document does not have", () => {
    expect([documented.length, undocumented.length]).toEqual([15, 2])
  })

  it.each(documented)("$id", async (vector) => {
    const { status, body, forwarded } = await answer(vector)
    expect({ status, body }).toEqual({
      status: vector.expect.status,
      body: vector.expect.body ?? bodies[vector.id],
    })
    const expected = vector.expect.requestHeadersForwarded
    if (expected === undefined) return
    const names = new Set(["x-mse-consumer", ...Object.keys(expected)])
    const seen = [...names].map((name) => [name.toLowerCase(), forwarded?.get(name) ?? undefined])
    const wanted = Object.entries(expected).map(([name, value]) => [name.toLowerCase(), value])
    expect(Object.fromEntries(seen)).toEqual({ "x-mse-consumer": undefined, ...Object.fromEntries(wanted) })
  })

  it.each(undocumented)(
    "$id: enable_headers is refused, since it would skip the check when a header is left out",
    ({ config }) => {
      // Whoever relies on an undocumented field must hear of it: ignoring it silently changes who is let in.
      const { config: parsed, issues } = checkConfig(translate(config))
      expect(parsed).toBeUndefined()
      const errors = issues.filter(({ severity }) => severity === "error")
      expect(errors).toEqual([
        expect.objectContaining({ path: "enable_headers", message: "is not a known field" }),
      ])
    },
  )

  it.each(undocumented)(
    "$id: without the field the rule decides, whichever headers are there",
    async (vector) => {
      const { enable_headers: _, ...config } = vector.config
      // With the field, the second case asks for no token. Without it, both are answered as the first.
      expect(await answer({ ...vector, config })).toMatchObject({ status: 403, body: "Access Denied" })
    },
  )
})

describe("the gateway's expired tokens", () => {
  it("are told as the document says, Jwt expired, when exp and the skew have passed", async () => {
    const vector = cases.find(({ id }) => id === "cpp/OCT/1-valid")
    if (vector === undefined) throw new Error("the case is gone")
    const exp = 1665673819
    expect(await answer({ ...vector, now: exp + 59 })).toMatchObject({ status: 200 })
    expect(await answer({ ...vector, now: exp + 60 })).toMatchObject({ status: 401, body: "Jwt expired" })
  })
})
