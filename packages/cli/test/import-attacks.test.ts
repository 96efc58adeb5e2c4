import { beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { type Caller, newCaller } from "./callers.js"
import { cli } from "./memory-io.js"

// What a gateway's config must not be able to do to the config that is made of it, to the terminal, or to a secret.

let web: Caller
let secret: Caller

beforeAll(async () => {
  web = await newCaller("web")
  secret = await newCaller("secret", "HS256")
})

const gateways = ["higress", "apisix"] as const

const higress = (fields: object = {}, consumer: object = {}) =>
  JSON.stringify({
    global_auth: true,
    consumers: [{ name: "web", issuer: "https://web.test", jwks: web.jwks, ...consumer }],
    ...fields,
  })

const apisix = (fields: object = {}) => {
  const jack = { username: "jack", plugins: { "jwt-auth": { key: "jack", secret: "s".repeat(32) } } }
  return JSON.stringify({ consumers: [jack], ...fields })
}

/** Ends a comment or a scalar and goes on as config, in every line break there is. */
const breakers = ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\n\n---\n"].map(
  (lineBreak) => `x${lineBreak}global_auth: false${lineBreak}rules: [{match: {}, public: true}]`,
)
const moves = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Also to people: inside quotes a line that looks like config would mislead them. */
function expectHarmless(out: string, err: string): void {
  expect((out + err).replaceAll("\n", "")).not.toMatch(moves)
  expect(out).not.toMatch(/^\s*(?:global_auth: false|rules: \[)/m)
}

describe("a text of the source cannot become config, nor reach the terminal as it is", () => {
  it.each(breakers)("as the name of an unknown field, with %j", async (name) => {
    const { out, err, code } = await cli(["import", "higress", "-"], {
      stdin: higress(
        { [name]: 1, _rules_: [{ _match_route_: ["a"], allow: ["web"], [name]: 1 }] },
        { [name]: 1 },
      ),
    })
    expect(code).toBe(1)
    expect(parse(out)).toMatchObject({ global_auth: true, rules: [{ allow: ["web"] }] })
    expect(parse(out).rules).toHaveLength(1)
    expectHarmless(out, err)
  })

  it.each(breakers)("as a claim, and as a route, with %j", async (value) => {
    const stdin = higress(
      { _rules_: [{ _match_route_: [value], allow: ["web"] }] },
      { claims: { [value]: value } },
    )
    const { out, err } = await cli(["import", "higress", "-"], { stdin })
    const { global_auth, rules, consumers } = parse(out)
    expect([global_auth, rules[0].match, rules.length]).toEqual([true, { route: [value] }, 1])
    expect(Object.keys(consumers[0].claims)).toEqual([value])
    expectHarmless(out, err)
  })

  it.each(breakers)("as a route's name or the name of a plugin, with %j", async (name) => {
    const plugins = { "jwt-auth": {}, [name]: {} }
    const { out, err } = await cli(["import", "apisix", "-"], {
      stdin: apisix({ routes: [{ uri: "/a", name, plugins }] }),
    })
    const { global_auth, rules } = parse(out)
    expect([global_auth, rules.length, rules[0].name]).toEqual([true, 1, name])
    expectHarmless(out, err)
  })

  it("as the name of the file", async () => {
    const file = "a\u2028global_auth: false\r\u202e"
    const { out } = await cli(["import", "higress", file], { files: { [file]: higress() } })
    expect(parse(out)).toMatchObject({ global_auth: true })
    expect(out.replaceAll("\n", "")).not.toMatch(moves)
  })
})

describe("__proto__ is a field like any other", () => {
  it("of the plugin's config, of a rule, and of a consumer", async () => {
    const text = higress({ _rules_: [{ _match_route_: ["a"], allow: ["web"] }] })
    for (const place of [/^\{/, /(?<="_rules_":\[)\{/, /(?<="consumers":\[)\{/]) {
      const stdin = text.replace(place, '{"__proto__":{"global_auth":false,"_disable_":true},')
      const { code, err, out } = await cli(["import", "higress", "-"], { stdin })
      expect(code).toBe(1)
      expect(err).toContain("__proto__")
      expect(parse(out)).toMatchObject({ global_auth: true, rules: [{ allow: ["web"] }] })
    }
  })

  it("of an apisix.yaml, and a username", async () => {
    const stdin = apisix().replace("{", '{"__proto__":{"routes":[]},')
    const { code, err } = await cli(["import", "apisix", "-"], { stdin })
    expect(code).toBe(1)
    expect(err).toContain("__proto__")
    const named = apisix().replace('"jack"', '"__proto__"')
    const imported = await cli(["import", "apisix", "-"], { stdin: named })
    expect(imported.code === 2 || parse(imported.out).consumers[0].name === "__proto__").toBe(true)
  })
})

describe.each(gateways)("a document made to exhaust is refused by import %s", (gateway) => {
  const refused = async (stdin: string) => {
    const { code, out, err } = await cli(["import", gateway, "-"], { stdin })
    expect([code, out]).toEqual([2, ""])
    expect(err.length).toBeLessThan(1000)
    return err
  }

  it("by aliases of aliases (billion laughs), in any document", async () => {
    const names = ["b", "c", "d", "e", "f", "g", "h", "i"]
    const lines = names.map(
      (name, i) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${names[i - 1] ?? "a"}`)
          .join(",")}]`,
    )
    const bomb = ["a: &a [x,x]", ...lines].join("\n")
    expect(await refused(bomb)).toContain("<stdin>:1:1: error: repeats its anchors too often")
    expect(await refused(`consumers: []\n---\n${bomb}`)).toContain("repeats its anchors too often")
  })

  it.each(["[", "{a: ", "- "])("by 100,000 levels of %j", async (opening) => {
    await refused(opening.repeat(100_000))
  })

  it("by the number of its documents", async () => {
    expect(await refused("---\n".repeat(100_000))).toBe(
      "<stdin>:1001:1: error: has more than 1000 documents\n",
    )
  })

  it("by tags, by names that stand twice, and by aliases of nothing", async () => {
    expect(await refused("consumers: !!js/function x")).toContain("YAML tags are not supported")
    expect(await refused("consumers: []\nconsumers: []")).toContain("stands twice")
    expect(await refused("a: 1\n---\nb: *a")).toContain("<stdin>:3:4: error: is an alias of an anchor")
  })
})

describe("a secret", () => {
  it("is in no message, whatever is wrong with the document that holds it", async () => {
    const k = secret.jwks.keys[0]?.k ?? ""
    for (const text of [
      `consumers:\n  - username: jack\n    plugins: { jwt-auth: { key: jack, secret: ${k}, algorithm: HS512 } }`,
      `consumers:\n  - username: jack\n    plugins: { jwt-auth: { key: jack, public_key: ${k}, algorithm: RS256 } }`,
      `consumers:\n  - username: jack\n    plugins: { jwt-auth: { key: 7, secret: ${k}, base64_secret: "yes" } }`,
      `consumers:\n  - username: jack\n    plugins: { jwt-auth: ${k} }`,
      `consumers:\n  - username: jack\n    plugins: { jwt-auth: { secret ${k}: x: y } }`,
      `consumers:\n  - name: a\n    issuer: b\n    jwks: { keys: [{ kty: oct, k: ${k}, alg: RS256 }] }`,
      `consumers:\n  - name: a\n    issuer: b\n    jwks: '{"keys":[{"kty":"oct","k":"${k}"'`,
      `consumers: *${k}`,
      `consumers: "${k}`,
      `{"list": [{"key": "/apisix/consumers/jack", "value": "${k}"}]}`,
      k,
    ]) {
      for (const gateway of gateways) {
        const { code, out, err } = await cli(["import", gateway, "f"], { files: { f: text } })
        expect([code, out]).toEqual([2, ""])
        expect(err, text).not.toContain(k)
      }
    }
  })

  it("is in no note and no comment: it stands in the key alone", async () => {
    const text = "weak-but-asked-for"
    const jwtAuth = { key: "jack", secret: text, private_key: `${text}-private`, what: text }
    const stdin = JSON.stringify({ consumers: [{ username: "jack", plugins: { "jwt-auth": jwtAuth } }] })
    const { out, err } = await cli(["import", "apisix", "--allow-weak-hmac", "-"], { stdin })
    expect(err).not.toContain(text)
    expect(out).not.toContain(text)
    expect(out.match(new RegExp(Buffer.from(text).toString("base64url"), "g"))).toHaveLength(1)
  })

  it("that was given as a name is not printed, when it is a token", async () => {
    const { code, err } = await cli(["import", "higress", "-"], {
      stdin: higress({ [await web.token()]: 1 }),
    })
    expect(code).toBe(1)
    expect(err).toContain("‹token›")
    expect(err).not.toMatch(/eyJ/)
  })

  it("that was given in place of a file is not repeated", async () => {
    const { err, code } = await cli(["import", "apisix", await web.token()])
    expect(code).toBe(2)
    expect(err).not.toMatch(/eyJ/)
  })
})

describe("a file that is there", () => {
  it("is not overwritten, and then no notes are told as if it were done", async () => {
    const files = { c: higress(), out: "precious" }
    const refused = await cli(["import", "higress", "c", "-o", "out"], { files })
    expect(refused).toMatchObject({
      code: 2,
      out: "",
      err: "jwt-auth: cannot write out: it exists already\n    → Choose another file, or overwrite it with --force.\n",
    })
    expect(refused.files.get("out")).toBe("precious")
    const forced = await cli(["import", "higress", "c", "-o", "out", "--force"], { files })
    expect(forced.code).toBe(0)
    expect(forced.files.get("out")).toContain("name: web")
  })

  it("is not touched when the import is refused", async () => {
    const files = { c: "consumers: []", out: "precious" }
    const { code, files: after } = await cli(["import", "higress", "c", "-o", "out", "--force"], { files })
    expect([code, after.get("out")]).toEqual([2, "precious"])
  })
})
