import type { Decision } from "@jwt-auth/core"
import type { ConsumerExplanation, Explanation, Step, StepName } from "@jwt-auth/core/explain"
import { beforeAll, describe, expect, it } from "vitest"
import { renderLines } from "../src/lines.js"
import { renderExplanation } from "../src/render-explanation.js"
import { type Caller, newCaller } from "./callers.js"
import { cli, now, type World } from "./memory-io.js"

let web: Caller
let partner: Caller
let files: NonNullable<World["files"]>

beforeAll(async () => {
  web = await newCaller("web")
  partner = await newCaller("partner")
  const config = {
    global_auth: true,
    consumers: [web.consumer, partner.consumer],
    rules: [
      { name: "health", match: { path: "/health" }, public: true },
      { name: "refunds", match: { path: "/refunds/*" }, allow: ["web"], scopes: ["refund"] },
      { match: { route: "reports" }, allow: ["partner"] },
      { match: { path: "/trial" }, allow: "any", report_only: true },
    ],
  }
  files = {
    "c.yaml": JSON.stringify(config),
    "web.token": `${await web.token({ scope: "refund", email: "alice@example.com" })}\n`,
    "partner.token": await partner.token(),
    "old.token": await web.token({}, 1),
  }
})

async function explain(...argv: readonly string[]) {
  const { code, out, err } = await cli(["explain", "--config", "c.yaml", ...argv], { files })
  const [verdict = ""] = out.split("\n")
  return { code, out, err, verdict }
}

describe("explain tells the decision first, and ends with it", () => {
  const url = "https://api.test"
  it.each<[string, string[], number, string]>([
    [
      "allowed",
      ["--request", `GET ${url}/orders?a=1`, "--token-file", "web.token"],
      0,
      `allowed as web  GET ${url}/orders`,
    ],
    ["a public path", ["--request", `${url}/health`], 0, `passes without a token  GET ${url}/health`],
    ["no token", ["--request", `POST ${url}/orders`], 1, `401 jwt_missing  POST ${url}/orders`],
    [
      "expired",
      ["--request", "/orders", "--token-file", "old.token", "--at", String(now + 3600)],
      1,
      "401 jwt_expired  GET /orders",
    ],
    ["not expired", ["--request", "/orders", "--token-file", "old.token"], 0, "allowed as web  GET /orders"],
    [
      "not allowed",
      ["--request", "/refunds/1", "--token-file", "partner.token"],
      1,
      "403 access_denied  GET /refunds/1",
    ],
    ["report only", ["--request", "/trial"], 0, "passes, report only: would be 401 jwt_missing  GET /trial"],
  ])("%s", async (_, argv, code, verdict) => {
    expect(await explain(...argv)).toMatchObject({ code, verdict, err: "" })
  })

  it("at a time in ISO 8601, too", async () => {
    const argv = ["--request", "/", "--token-file", "web.token", "--at"]
    expect((await explain(...argv, "2023-11-14T23:13:19+00:00")).code).toBe(0)
    expect((await explain(...argv, "2023-11-15T07:15:00+08:00")).verdict).toBe("401 jwt_expired  GET /")
    for (const time of ["tomorrow", "2023-11-14", "2023-11-14T23:13:19", "-5", "1e9"]) {
      expect(await explain(...argv, time)).toMatchObject({
        code: 2,
        err: expect.stringContaining("--at is not a time"),
      })
    }
    expect((await explain(...argv, "1700000000000")).err).toContain("milliseconds")
    const { err } = await explain(...argv, "2023-13-14T09:00:00Z")
    expect(err).toBe("jwt-auth: --at is not a time\n    → No calendar has that date and time of day.\n")
  })
})

describe("explain takes the request", () => {
  it("as a curl command, as an argument and from standard input", async () => {
    const token = String(files["web.token"]).trim()
    const curl = `curl -sS 'https://api.test/orders?x=1' \\\n  -H 'Authorization: Bearer ${token}' | jq .`
    expect(await explain("--curl", curl)).toMatchObject({
      code: 0,
      verdict: "allowed as web  GET https://api.test/orders",
    })
    const { code } = await cli(["explain", "--config", "c.yaml", "--curl", "-"], { files, stdin: curl })
    expect(code).toBe(0)
  })

  it("with a token from standard input", async () => {
    const argv = ["explain", "--config", "c.yaml", "--request", "/", "--token-file", "-"]
    expect(await cli(argv, { files, stdin: `${files["web.token"]}\n\n` })).toMatchObject({ code: 0 })
    expect(await cli(argv, { files, stdin: "\n" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("empty"),
    })
  })

  it("as an access log has it", async () => {
    expect(await explain("--request", "GET /health HTTP/1.1")).toMatchObject({
      code: 0,
      verdict: "passes without a token  GET /health",
    })
  })

  describe("with a token that the shell puts into the curl command", () => {
    const curl = (expansion: string) => `curl -H "Authorization: Bearer ${expansion}" localhost:3000/orders`

    it.each(["$(cat web.token)", "$( cat ./web.token )", "$(<web.token)", "`cat web.token`"])(
      "by %s: the file is read",
      async (expansion) => {
        const world = { files: { ...files, "./web.token": files["web.token"] ?? "" } }
        const argv = ["explain", "--config", "c.yaml", "--curl", curl(expansion)]
        const { code, out, err } = await cli(argv, world)
        expect([code, err, out.split("\n")[0]]).toEqual([
          0,
          "",
          "allowed as web  GET http://localhost:3000/orders",
        ])
      },
    )

    it("but not in single quotes, where the shell leaves it as it is", async () => {
      const command = curl("$(cat web.token)").replaceAll('"', "'")
      expect(await explain("--curl", command)).toMatchObject({ code: 1, err: "" })
    })

    it("by a file that is not there: which one is said", async () => {
      expect(await explain("--curl", curl("$(cat other.token)"))).toMatchObject({
        code: 2,
        err: "jwt-auth: cannot read other.token: no such file\n",
      })
    })

    it.each(["$TOKEN", "$(vault read x)", "$(cat other.token)"])(
      "by %s, with --token-file: that takes its place",
      async (expansion) => {
        const argv = ["--curl", curl(expansion), "--token-file", "web.token"]
        expect(await explain(...argv)).toMatchObject({ code: 0, err: "" })
      },
    )

    it("by a variable, without --token-file: what to do is said", async () => {
      const { code, err } = await explain("--curl", curl("$TOKEN"))
      expect([code, err]).toEqual([2, expect.stringMatching(/\$TOKEN[\s\S]*--token-file FILE/)])
    })
  })

  it("with headers, each as often as it is given", async () => {
    const bearer = `Authorization: Bearer ${String(files["web.token"]).trim()}`
    expect((await explain("--request", "/", "-H", bearer)).code).toBe(0)
    expect((await explain("--request", "/", "-H", bearer, "-H", bearer)).verdict).toBe(
      "401 jwt_verification_fails  GET /",
    )
  })

  it("with a Host header that is another than the URL's", async () => {
    const config = {
      global_auth: true,
      consumers: [web.consumer],
      rules: [{ match: { domain: "a.test" }, public: true }],
    }
    const world = { files: { c: JSON.stringify(config) } }
    const argv = ["explain", "--config", "c", "--request", "https://b.test/"]
    expect((await cli(argv, world)).code).toBe(1)
    expect((await cli([...argv, "-H", "Host: a.test"], world)).code).toBe(0)
  })

  it.each([
    [[], "either --request or --curl"],
    [["--request", "/", "--curl", "curl x"], "either --request or --curl"],
    [["--request", "a b c"], "--request is not a request"],
    [["--request", "GET ftp://x/"], "not one of http or https"],
    [["--request", "orders"], "neither a path that begins with / nor a whole URL"],
    [["--request", "GET api.test/orders"], "neither a path that begins with / nor a whole URL"],
    [["--curl", ""], "there is no curl command"],
    [["--request", "/", "-H", "nonsense"], "-H is not a header"],
    [["--curl", "-", "--token-file", "-"], "only one of"],
    [["--curl", "curl -u a:b x", "--token-file", "web.token"], "has a header Authorization already"],
    [
      ["--request", "/", "-H", "authorization: x", "--token-file", "web.token"],
      "has a header Authorization already",
    ],
    [
      ["--request", "/", "--allow", "wbe"],
      'jwt-auth: --allow "wbe" is not the name of a consumer\n    → Did you mean "web"?',
    ],
    [["--request", "/", "--scope", "a b"], "jwt-auth: --scope must be a list of scopes"],
  ])("and refuses what is none: %j", async (argv, problem) => {
    expect(await explain(...argv)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(problem) })
  })

  it("only under a config without problems, which it lists", async () => {
    const { code, out, err } = await cli(["explain", "--config", "b", "--request", "/"], {
      files: { b: "consumers:\n  - name: a\n" },
    })
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain("b:2:5: error: consumers[0].jwks is required")
    expect(err).toMatch(/b: \d problems\n$/)
  })
})

describe("explain takes what the code asks for", () => {
  it.each<[string, string[], string]>([
    ["--allow names", ["--allow", "web, partner"], "allowed as partner"],
    ["--allow others", ["--allow", "web"], "403 access_denied"],
    ["--allow any", ["--allow", "any"], "allowed as partner"],
    ["--scope", ["--scope", "a", "--scope", "b"], "403 insufficient_scope"],
    ["--route", ["--route", "reports"], "allowed as partner"],
  ])("%s", async (_, argv, verdict) => {
    const found = await explain("--request", "/x", "--token-file", "partner.token", ...argv)
    expect(found.verdict).toBe(`${verdict}  GET /x`)
  })

  it("--optional", async () => {
    expect((await explain("--request", "/x", "--optional")).verdict).toBe("passes without a token  GET /x")
  })
})

describe("what explain prints", () => {
  it("is the rule, the rules before it, the token, and each consumer", async () => {
    const { out } = await explain("--request", "POST /refunds/1", "--token-file", "partner.token")
    expect(out).toContain(`rule   rules[1] "refunds": web; with scopes refund
       rules[0] "health"  path "/refunds/1" is not "/health"
token  header Authorization, alg "ES256", kid "`)
    expect(out).toMatch(
      /^consumer {2}partner\n {2}ok .*audience\n {2}failed {7}allowed: consumer_not_allowed$/m,
    )
    expect(out).toMatch(/^consumer {2}web\n {2}ok .*algorithm\n {2}failed {7}claims: claim_mismatch$/m)
  })

  it("is only the winner, when there is one", async () => {
    const { out } = await explain("--request", "/", "--token-file", "partner.token")
    expect(out.match(/^consumer .*$/gm)).toEqual(["consumer  partner"])
    expect(out).toContain("and 1 more consumer: 1 claim_mismatch; --json has all")
  })

  it("has the values of claims, unless they are to be left out", async () => {
    const argv = ["--request", "/", "--token-file", "web.token", "--json"]
    expect((await explain(...argv)).out).toContain("alice@example.com")
    expect((await explain(...argv, "--redact")).out).not.toContain("alice@example.com")
  })

  it("as JSON has a shape to rely on", async () => {
    const { out } = await explain("--json", "--request", "/refunds/1?a=1", "--token-file", "partner.token")
    const { rule, tokens, consumers, ...decision } = JSON.parse(out)
    expect(decision).toEqual({
      request: "GET /refunds/1",
      outcome: "deny",
      status: 403,
      code: "access_denied",
      message: "Access Denied",
    })
    expect(rule).toMatchObject({ decidedBy: "rule", applied: [{ index: 1, name: "refunds" }] })
    expect(tokens).toMatchObject([{ place: "header Authorization", claims: { iss: "https://partner.test" } }])
    expect(consumers).toMatchObject([{ consumer: "web" }, { consumer: "partner" }])
    const allowed = await explain("--json", "--request", "/", "--token-file", "partner.token")
    expect(JSON.parse(allowed.out)).toMatchObject({ outcome: "allow", consumer: "partner" })
    const passed = await explain("--json", "--request", "/trial")
    expect(JSON.parse(passed.out)).toMatchObject({
      outcome: "pass",
      wouldDeny: { status: 401, code: "jwt_missing" },
    })
  })
})

const names: readonly StepName[] = [
  ...([
    "place",
    "form",
    "algorithm",
    "claims",
    "key",
    "signature",
    "time",
    "audience",
    "allowed",
    "scopes",
  ] as const),
]

/** A consumer whose token passed so many steps, and failed with this hint. No two have the same result. */
function failedAfter(consumer: string, passed: number, hint?: string): ConsumerExplanation {
  return { consumer, steps: stepsOf(passed, { actual: consumer, ...(hint !== undefined && { hint }) }) }
}

function stepsOf(passed: number, fields: Partial<Step>): readonly Step[] {
  return names.map((step, i): Step => {
    if (i < passed) return { step, status: "ok" }
    if (i > passed) return { step, status: "not reached" }
    return { step, status: "failed", reason: "claim_mismatch", ...fields }
  })
}

function render(
  consumers: readonly ConsumerExplanation[],
  fields: Partial<Explanation> = {},
  width?: number,
): string {
  const denial = { status: 401, code: "jwt_verification_fails", message: "", headers: {} } as const
  const decision: Decision = { outcome: "deny", denial, attempts: [] }
  const rule = { decidedBy: "global_auth", applied: [], skipped: [] } as const
  return renderExplanation("GET /", { decision, rule, tokens: [], consumers, ...fields }, width)
    .map((line) => renderLines([line], false))
    .join("")
}

describe("of many consumers", () => {
  it("those come first that came furthest, in config order among equals; five are shown", () => {
    const passed = [3, 5, 3, 0, 7, 3, 3, 0]
    const out = render(passed.map((count, i) => failedAfter(`c${i}`, count)))
    expect(out.match(/^consumer .*$/gm)).toEqual(
      ["c4", "c1", "c0", "c2", "c5"].map((name) => `consumer  ${name}`),
    )
    expect(out).toContain("and 3 more consumers: 3 claim_mismatch; --json has all")
  })

  it("those whose steps went the same way stand together", () => {
    const steps = stepsOf(0, { expected: "a token", actual: "none" })
    const out = render([{ consumer: "web", steps }, failedAfter("other", 0), { consumer: "partner", steps }])
    expect(out.match(/^consumers? .*$/gm)).toEqual(["consumers  web, partner", "consumer  other"])
    expect(out.match(/a token/g)).toHaveLength(1)
  })

  it("of thousands that stand together the first are named", () => {
    const out = render(
      Array.from({ length: 10_000 }, (_, i) => ({ consumer: `c${i}`, steps: stepsOf(0, {}) })),
    )
    expect(out).toContain("consumers  c0, c1, c2, c3, c4, c5, c6, c7, and 9992 more\n")
    expect(out).not.toContain("--json has all")
  })

  it("one hint is told once", () => {
    const out = render([
      failedAfter("a", 3, "same"),
      failedAfter("b", 3, "same"),
      failedAfter("c", 3, "other"),
    ])
    expect(out.match(/→ .*$/gm)).toEqual(["→ same", "→ other"])
  })
})

describe("where no near miss is recognised", () => {
  const lookAt = "Compare them to the letter: case, and a slash at the end, count."

  it("what to look at is said, once, for the consumer that came furthest", () => {
    const out = render([failedAfter("a", 3), failedAfter("b", 5), failedAfter("c", 5)])
    expect(out.match(/→ .*$/gm)).toEqual([`→ ${lookAt}`])
    expect(out).toMatch(/consumer {2}b\n.*\n.*\n.*\n {2}→ /)
  })

  it("and only there", () => {
    const rule = { decidedBy: "global_auth", applied: [], skipped: [] } as const
    expect(render([failedAfter("a", 3, "a near miss")])).not.toContain(lookAt)
    expect(render([failedAfter("a", 3)], { rule: { ...rule, hint: "a near miss" } })).not.toContain(lookAt)
    const decision: Decision = { outcome: "pass", attempts: [] } as never
    expect(render([failedAfter("a", 3)], { decision })).not.toContain(lookAt)
  })
})

describe("a hint", () => {
  const hint = "one two three four five six seven eight nine ten"

  it("is wrapped between words at the width of a terminal, and elsewhere not", () => {
    expect(render([failedAfter("a", 3, hint)])).toContain(`  → ${hint}\n`)
    expect(render([failedAfter("a", 3, hint)], {}, 44)).toContain(
      "  → one two three four five six seven eight\n    nine ten\n",
    )
  })

  it("with a word longer than the terminal keeps it whole", () => {
    const long = "x".repeat(100)
    expect(render([failedAfter("a", 3, `a ${long} b`)], {}, 1)).toContain(`  → a\n    ${long}\n    b\n`)
  })

  it("is wrapped by the program, too", async () => {
    const argv = ["explain", "--config", "c.yaml", "--request", "/"]
    const { out } = await cli(argv, { files, columns: 40, isTerminal: true })
    const lines = out.replace(/\u001b\[\d+m/g, "").split("\n")
    const arrow = lines.findIndex((line) => line.startsWith("  → "))
    expect(lines.slice(arrow, arrow + 2)).toEqual([
      expect.stringMatching(/^ {2}→ .{20,36}$/),
      expect.stringMatching(/^ {4}\S.{1,36}$/),
    ])
  })
})

it("each consumer has its steps, and of the failed one what was expected and what was there", () => {
  const steps = failedAfter("web", 8).steps.map((step) =>
    step.status === "failed"
      ? {
          ...step,
          reason: "consumer_not_allowed" as const,
          expected: "one",
          actual: "another",
          hint: "a near miss",
        }
      : step,
  )
  const tokens = [{ place: "cookie session", header: { alg: "ES256", typ: "a b" } }]
  expect(render([{ consumer: "web", steps }], { tokens })).toBe(`401 jwt_verification_fails  GET /

rule   no rule matches, so global_auth decides: no token is needed
token  cookie session, alg "ES256", typ "a b"

consumer  web
  ok           place, form, algorithm, claims, key, signature, time, audience
  failed       allowed: consumer_not_allowed
    expected  one
    actual    another
  → a near miss
  not reached  scopes
`)
})

describe("of the rule", () => {
  const rule = { decidedBy: "rule", applied: [{ index: 9 }], skipped: [] } as const

  it("several may apply at once", () => {
    const applied = [{ index: 0, name: "a" }, { index: 4 }]
    const asks = { allow: [], optional: true, scopes: ["x"], reportOnly: true }
    expect(render([], { rule: { ...rule, applied, asks } })).toContain(
      'rule   rules[0] "a" and rules[4]: nobody; with scopes x; or no token; reported only\n',
    )
  })

  it("those right before it are shown, and a hint", () => {
    const skipped = Array.from(
      { length: 9 },
      (_, index) => ({ index, field: "path", expected: '"/a"', actual: '"/b"' }) as const,
    )
    const out = render([], { rule: { ...rule, skipped, hint: "a near miss" } })
    expect(out.match(/rules\[\d\] +path "\/b" is not "\/a"/g)).toHaveLength(5)
    expect(out).toContain("and 4 more before these")
    expect(out).toContain("→ a near miss")
  })

  it.each([
    ["requirement", "the code's own requirement"],
    ["preflight", "a CORS preflight, by bypass_cors_preflight"],
    ["global_auth", "no rule matches, so global_auth decides"],
  ] as const)("%s has words of its own", (decidedBy, words) => {
    expect(render([], { rule: { ...rule, decidedBy } })).toContain(`rule   ${words}: no token is needed`)
  })
})
