import { createAuthenticator } from "@jwt-auth/core"
import { beforeAll, describe, expect, it } from "vitest"
import { type Caller, newCaller } from "./callers.js"
import { cli, now } from "./memory-io.js"

let web: Caller
let partner: Caller

beforeAll(async () => {
  web = await newCaller("web")
  partner = await newCaller("partner", "HS256")
})

/** A config in YAML, with the keys as JSON text, as they stand in most files. */
function yaml(rest = ""): string {
  return `consumers:
  - name: web
    issuer: https://web.test
    jwks: |
      ${JSON.stringify(web.jwks)}
${rest}`
}

async function check(text: string, ...options: string[]) {
  return cli(["check", ...options, "c.yaml"], { files: { "c.yaml": text } })
}

describe("check", () => {
  it("says ok, and ends with 0", async () => {
    const { code, out, err } = await check(yaml("global_auth: true\n"))
    expect([code, err]).toEqual([0, ""])
    expect(out).toMatch(/^c\.yaml: ok\n/)
  })

  it("ends with 1 for a problem, with 0 for a warning, with 2 for a file that is not there", async () => {
    expect((await check("consumers: []")).code).toBe(1)
    expect(await check(yaml("rules: [{ match: { path: /a }, public: true }]"))).toMatchObject({
      code: 0,
      out: expect.stringContaining("c.yaml: ok, 1 warning"),
    })
    expect(await cli(["check", "none.yaml"])).toMatchObject({
      code: 2,
      out: "",
      err: "jwt-auth: cannot read none.yaml: no such file\n",
    })
  })

  it.each(["server.mjs", "server.js", "server.cjs", "src/server.ts", "app.tsx"])(
    "of a program, %s, asks for what it makes, whatever is in it",
    async (name) => {
      const problem = {
        code: 2,
        out: "",
        err: `jwt-auth: ${name} is a program, and a config is YAML or JSON
    → Have the program write its config out: writeFileSync("jwt-auth.json", JSON.stringify(config)).
`,
      }
      const files = { [name]: "import { readFileSync } from 'node:fs'\nconst a = {\n}" }
      expect(await cli(["check", name], { files })).toMatchObject(problem)
      expect(await cli(["explain", "--config", name, "--request", "/"], { files })).toMatchObject(problem)
    },
  )

  it("checks every file, and one of them bad is bad", async () => {
    const files = { a: yaml("global_auth: true\n"), b: "consumers: 1", c: yaml("global_auth: true\n") }
    const { code, out } = await cli(["check", "a", "b", "c"], { files })
    expect(code).toBe(1)
    expect(out.match(/^[abc]: .*$/gm)).toEqual(["a: ok", "b: 1 problem", "c: ok"])
  })

  it("reads standard input, and names it so", async () => {
    const { out } = await cli(["check", "-"], { stdin: "consumers: 1" })
    expect(out).toMatch(/^<stdin>:1:1: error: consumers must be a list/)
  })

  it("takes JSON for what it is", async () => {
    const json = JSON.stringify({ global_auth: true, consumers: [web.consumer] }, null, "\t")
    expect(await check(json)).toMatchObject({ code: 0 })
    expect((await check(json.replace("issuer", "isuer"))).out).toContain(
      "c.yaml:6:4: error: consumers[0].isuer",
    )
  })
})

describe("where a problem is", () => {
  const positions = async (text: string) =>
    [...(await check(text)).out.matchAll(/^c\.yaml:(\d+:\d+): \w+: (\S+)/gm)].map(
      ([, at, path]) => `${at} ${path}`,
    )

  it("is the line and the column of the field", async () => {
    const text =
      'consumers:\n  - name: a\n    issuer: 5\n    jwks:\n      keys:\n        - kty: oct\n          k: "c2hvcnQ"\n'
    expect(await positions(text)).toEqual(["3:5 consumers[0].issuer", "7:11 consumers[0].jwks.keys[0].k"])
  })

  it("is the nearest field that is there, when one is missing", async () => {
    expect(await positions("global_auth: true\nconsumers:\n  - issuer: x\n    jwks: {}\n")).toEqual([
      "3:5 consumers[0].name",
      "4:5 consumers[0].jwks.keys",
    ])
    expect(await positions("{}")).toEqual(["1:1 consumers"])
  })

  it("is the field jwks, when the keys are JSON text", async () => {
    const text =
      'consumers:\n  - name: a\n    issuer: x\n    jwks: |\n      {"keys":\n      [{"kty": "oct", "k": "c2hvcnQ"}]}\n'
    expect(await positions(text)).toEqual(["4:5 consumers[0].jwks.keys[0].k"])
  })

  it("is found under names with dots and brackets in them", async () => {
    const text = yaml("").replace(
      "issuer: https://web.test",
      'claims:\n      a: x\n      a.b[0]/c: 5\n      a.b: "y"',
    )
    expect(await positions(text)).toEqual(["5:7 consumers[0].claims.a.b[0]/c"])
  })

  it("is where an alias leads", async () => {
    const text = `shared: &keys { keys: [{ kty: oct, k: c2hvcnQ }] }\nconsumers:\n  - name: a\n    issuer: x\n    jwks: *keys\n`
    expect(await positions(text)).toEqual(["1:1 shared", "1:36 consumers[0].jwks.keys[0].k"])
  })

  it.each([
    ["a: 1\na: 2\n", "2:1", "this name stands twice in the same object"],
    ["a: [1,\n", "2:1", "flow sequence in block collection must be sufficiently indented and end with a ]"],
    ["a: 1\n---\nb: 2\n", "2:1", "a second document begins here; give each config a file of its own"],
    ["a: !!js/function x\n", "1:4", "YAML tags are not supported"],
    ["a: !<tag:x> 1\n", "1:4", "YAML tags are not supported"],
    ["a:\n  - *gone\n", "2:5", "is an alias of an anchor that is not there"],
    ["? [a]\n: 1\n", "1:3", "a name must be plain text"],
    ["a:\n\tb: 1\n", "2:1", "tabs do not indent YAML; use spaces"],
    ["%FOO bar\n---\na: 1\n", "1:1", "YAML directives are not supported"],
  ])("of YAML that is none, %j, is %s", async (text, position, message) => {
    const { code, out } = await check(text)
    expect([code, out.split("\n")[0]]).toEqual([1, `c.yaml:${position}: error: ${message}`])
  })
})

describe("the rules as they will be applied", () => {
  const rules = `rules:
  - { name: health, match: { path: [/health, /ready], method: GET }, public: true }
  - { match: { domain: "*.example.com", route: orders }, allow: [web], scopes: [a, b] }
  - { match: { path: /any/* }, allow: any, optional: true, report_only: true }
  - match: {}
    consumers: [{ name: own, issuer: o, jwks: { keys: [{ kty: oct, k: ${"A".repeat(43)} }] } }]
`

  it("say in order what they match and who may call", async () => {
    const { out } = await check(`global_auth: false\n${yaml(rules)}`)
    const table = out
      .split("\n\n")[1]
      ?.split("\n")
      .map((line) => line.split(/ {2,}/))
    expect(table).toEqual([
      ["rule", "name", "match", "who may call"],
      ["rules[0]", "health", "method GET, path /health|/ready", "public"],
      ["rules[1]", "domain *.example.com, route orders", "web; with scopes a b"],
      ["rules[2]", "path /any/*", "any consumer; or no token; reported only: nobody is refused"],
      ["rules[3]", "every request", "its own consumers: own"],
      ["otherwise", "no rule matches", "public", "(global_auth: false)"],
    ])
  })

  it.each([
    ["global_auth: true", "", "any consumer", "(global_auth: true)"],
    ["global_auth: false", "", "public", "(global_auth: false)"],
    ["", "", "any consumer", "(global_auth is not set, and no rule has allow or consumers)"],
    [
      "",
      "rules: [{ match: { path: /a }, public: true }]",
      "any consumer",
      "(global_auth is not set, and no rule has allow or consumers)",
    ],
    [
      "",
      "rules: [{ match: { path: /a }, allow: any }]",
      "public",
      "(global_auth is not set, and a rule has allow or consumers)",
    ],
  ])("end with what holds when none matches: %j %j", async (setting, rules, who, why) => {
    const { out } = await check(`${setting}\n${yaml(rules)}`)
    const last = out.split("\n").find((line) => line.startsWith("otherwise"))
    expect(last?.split(/ {2,}/).slice(-2)).toEqual([who, why])
  })
})

describe("the consumers", () => {
  it("say what recognises them, what their keys verify, and where their tokens stand", async () => {
    const config = {
      global_auth: true,
      consumers: [
        {
          ...web.consumer,
          from_headers: [{ name: "X-Token" }],
          from_cookies: ["session"],
          clock_skew_seconds: 5,
        },
        {
          name: "rsa",
          claims: { tenant: "t", iss: "r" },
          algorithms: ["PS256", "RS512"],
          jwks: (await newCaller("x", "RS512")).jwks,
        },
        { ...partner.consumer, algorithms: ["HS256"] },
      ],
    }
    const { out } = await check(JSON.stringify(config))
    const table = out
      .split("\n\n")[2]
      ?.trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/))
    const defaults = "header Authorization: Bearer, parameter access_token"
    expect(table).toEqual([
      ["consumer", "recognised by", "algorithms", "places", "skew"],
      ["web", 'iss "https://web.test"', "ES256", "header X-Token, cookie session", "5 s"],
      ["rsa", 'iss "r", tenant "t"', "RS512", defaults, "60 s"],
      ["partner", 'iss "https://partner.test"', "HS256", defaults, "60 s"],
    ])
  })

  it("of a key without alg can verify all that its kind can, or what the consumer narrows it to", async () => {
    const { keys } = (await newCaller("x", "RS256")).jwks
    const jwks = { keys: keys.map(({ alg, ...jwk }) => jwk) }
    const consumers = [
      { ...web.consumer, jwks },
      { ...partner.consumer, jwks, algorithms: ["PS256", "RS512"] },
    ]
    const { out } = await check(JSON.stringify({ global_auth: true, consumers }), "--json")
    const [all, narrowed] = JSON.parse(out).files[0].consumers
    expect(all.algorithms).toEqual(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
    expect(narrowed.algorithms).toEqual(["RS512", "PS256"])
  })

  it("look by default in the places that the table says", async () => {
    const { decide } = createAuthenticator(
      { global_auth: true, consumers: [web.consumer] },
      { now: () => now },
    )
    const token = await web.token()
    const outcomes = [
      { headers: { authorization: `Bearer ${token}` }, path: "/" },
      { headers: {}, path: `/?access_token=${token}` },
    ].map((request) => decide({ method: "GET", host: "x", ...request }))
    expect((await Promise.all(outcomes)).map(({ outcome }) => outcome)).toEqual(["allow", "allow"])
  })

  it("of 1,000 are counted, and 50 shown", async () => {
    const consumers = Array.from({ length: 1000 }, (_, i) => ({
      ...partner.consumer,
      name: `c${i}`,
      issuer: `i${i}`,
    }))
    const { out, code } = await check(JSON.stringify({ global_auth: true, consumers }))
    expect(code).toBe(0)
    expect(out).toContain("and 950 more; --json lists them all")
    expect(out.match(/^c\d+ /gm)).toHaveLength(50)
  })
})

describe("check --json", () => {
  it("has one entry for each file, in a shape to rely on, and no key", async () => {
    const config = { consumers: [partner.consumer], rules: [{ match: { path: "/a" }, allow: ["partner"] }] }
    const { out } = await check(JSON.stringify(config), "--json")
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file: "c.yaml",
          ok: true,
          issues: [
            {
              severity: "warning",
              path: "global_auth",
              message: expect.any(String),
              fix: expect.any(String),
              line: 1,
              column: 1,
            },
          ],
          rules: [
            { index: 0, match: { path: "/a" }, allow: ["partner"], optional: false, report_only: false },
          ],
          otherwise: { needsToken: false },
          consumers: [
            {
              name: "partner",
              recognisedBy: { iss: "https://partner.test" },
              algorithms: ["HS256"],
              places: ["header Authorization: Bearer", "parameter access_token"],
              clockSkewSeconds: 60,
            },
          ],
        },
      ],
    })
    expect(out).not.toContain(partner.jwks.keys[0]?.k)
  })
})
