import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fromHigress, type ImportNote } from "../../src/import/index.js"
import { type AuthRequest, checkConfig, createAuthenticator, type Decision } from "../../src/index.js"
import { runs } from "../properties/settings.js"
import { consumerOf, hs256, newSecret, now } from "../properties/tokens.js"
import { callersAt, type ModelConfig, type ModelRequest, type ModelRule } from "./higress-model.js"

const globals = ["one", "two", "three"]
const locals = ["own-a", "own-b"]
const secrets = new Map([...globals, ...locals].map((name) => [name, newSecret()]))
const secretOf = (name: string) => secrets.get(name) ?? newSecret()
const documentOf = (name: string) => consumerOf(name, secretOf(name))

const some = (values: readonly string[]) =>
  fc.subarray([...values], { minLength: 1, maxLength: Math.min(2, values.length) })
const exactHosts = ["a.com", "b.a.com", "a.org"]
const hostPatterns = ["*", "*.com", "*.a.com", "a.*", "b.a.*", ...exactHosts]
const looseHosts = ["*a.com", "*com", "*.a.com", "a*", "b.a*", "b*", "*", "a.com", "c.b.a.com"]
const hosts = [
  "a.com",
  "b.a.com",
  "ba.com",
  "c.b.a.com",
  "a.org",
  "ab.org",
  "b.ax.org",
  "x.net",
  "com",
  "a.com:80",
]
const routes = ["r/one", "r/two"]
const services = ["s1", "s2"]

const matchKeys = fc.oneof(
  fc.record({ _match_route_: some(routes) }),
  fc.record({ _match_domain_: some(hostPatterns) }),
  fc.record({ _match_domain_: some(looseHosts) }),
  fc.record({ _match_service_: some(services) }),
  fc.record({ _match_route_prefix_: some(["r/o", "r/"]) }),
  fc.record({ _match_route_: some(routes), _match_service_: some(services) }),
  fc.record({ _match_domain_: some(looseHosts), _match_service_: some(services) }),
  fc.record({ _match_domain_: some(exactHosts), _match_route_prefix_: some(["r/t"]) }),
  fc.record({ _match_route_: some(routes), _match_domain_: some(exactHosts) }),
)
const plainKeys = fc.oneof(
  fc.record({ _match_route_: some(routes) }),
  fc.record({ _match_domain_: some(hostPatterns) }),
)
const ownConsumers = some(locals).map((names) => names.map(documentOf))
const verdicts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ allow: some(globals) }) },
  { weight: 1, arbitrary: fc.record({ _disable_: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ consumers: ownConsumers }) },
  {
    weight: 1,
    arbitrary: ownConsumers.map((consumers) => ({ consumers, allow: [consumers[0]?.name ?? ""] })),
  },
)
const plainVerdicts = fc.oneof(
  { weight: 3, arbitrary: fc.record({ allow: some(globals) }) },
  { weight: 1, arbitrary: fc.record({ _disable_: fc.constant(true) }) },
)

function configs(keys: fc.Arbitrary<ModelRule>, verdict: fc.Arbitrary<ModelRule>): fc.Arbitrary<ModelConfig> {
  const rule = fc.tuple(keys, verdict).map(([match, access]) => ({ ...match, ...access }))
  return fc.record(
    {
      consumers: fc.constant(globals.map(documentOf)),
      _rules_: fc.array(rule, { maxLength: 5 }),
      global_auth: fc.boolean(),
    },
    { requiredKeys: ["consumers"] },
  )
}

const asked: fc.Arbitrary<ModelRequest> = fc.record({
  host: fc.constantFrom(...hosts),
  route: fc.constantFrom(...routes, "other"),
  service: fc.constantFrom(...services, "s3"),
})
const callers = [undefined, ...globals, ...locals]

function requestOf({ host, route }: ModelRequest, caller: string | undefined): AuthRequest {
  const token = caller === undefined ? undefined : hs256(secretOf(caller), { iss: caller })
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return { method: "GET", host, path: "/", route, headers }
}

interface Compared {
  readonly caller: string | undefined
  readonly passesThere: boolean
  readonly asksThere: boolean
  readonly here: Decision
}

/** The same request, from every caller, there and here. */
async function compare(source: ModelConfig, request: ModelRequest) {
  const { config, notes } = fromHigress(source)
  expect(checkConfig(config).issues.filter(({ severity }) => severity === "error")).toEqual([])
  const gate = createAuthenticator(config, { now: () => now })
  const there = callersAt(source, request)
  const compared = callers.map(
    async (caller): Promise<Compared> => ({
      caller,
      passesThere: there === "open" || (caller !== undefined && there.includes(caller)),
      asksThere: there !== "open",
      here: await gate.decide(requestOf(request, caller)),
    }),
  )
  return { notes, compared: await Promise.all(compared) }
}

const isLost = ({ kind }: ImportNote) => kind === "lost"

describe("what the gateway refuses never passes after the import", () => {
  it("whatever the rules are, unless a note says that a restriction is lost", async () => {
    const seen = { refused: 0, lost: 0 }
    await fc.assert(
      fc.asyncProperty(configs(matchKeys, verdicts), asked, async (source, request) => {
        const { notes, compared } = await compare(source, request)
        const lost = notes.some(isLost)
        for (const { caller, passesThere, here } of compared) {
          if (passesThere) continue
          if (lost) {
            seen.lost++
            expect({ caller, outcome: here.outcome === "pass" }).toEqual({ caller, outcome: false })
          } else {
            seen.refused++
            expect({ caller, outcome: here.outcome }).toEqual({ caller, outcome: "deny" })
          }
        }
      }),
      runs(600),
    )
    expect(seen.refused).toBeGreaterThan(200)
    expect(seen.lost).toBeGreaterThan(200)
  })

  it("nor does a caller that one lost restriction alone would have refused", async () => {
    let refused = 0
    const source = fc.record({
      consumers: fc.constant(globals.map(documentOf)),
      _rules_: fc.tuple(fc.record({ _match_service_: some(services), allow: some(globals) })),
      global_auth: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(source, asked, async (source, request) => {
        const { notes, compared } = await compare(source, request)
        expect(notes.filter(isLost)).toHaveLength(1)
        for (const { caller, passesThere, here } of compared) {
          if (passesThere) continue
          refused++
          expect({ caller, outcome: here.outcome }).toEqual({ caller, outcome: "deny" })
        }
      }),
      runs(200),
    )
    expect(refused).toBeGreaterThan(100)
  })
})

describe("what can be said exactly is the same", () => {
  it("for routes and for hosts with a dot before or after the star", async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(configs(plainKeys, plainVerdicts), asked, async (source, request) => {
        const { notes, compared } = await compare(source, request)
        expect(notes.filter(isLost)).toEqual([])
        for (const { caller, passesThere, asksThere, here } of compared) {
          const there = !asksThere ? "pass" : passesThere ? `allow ${caller}` : "deny"
          const found = here.outcome === "allow" ? `allow ${here.auth.consumer}` : here.outcome
          expect({ caller, found }).toEqual({ caller, found: there })
          seen.add(there.split(" ")[0] ?? "")
        }
      }),
      runs(400),
    )
    expect([...seen].sort()).toEqual(["allow", "deny", "pass"])
  })
})
