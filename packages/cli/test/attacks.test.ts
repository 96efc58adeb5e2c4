import { beforeAll, describe, expect, it } from "vitest"
import { type Caller, newCaller } from "./callers.js"
import { cli } from "./memory-io.js"

// What a token, a config or a hasty hand must not be able to do to the terminal, to the machine, or to a secret.

let web: Caller
let secret: Caller

beforeAll(async () => {
  web = await newCaller("web")
  secret = await newCaller("secret", "HS256")
})

const config = (fields: object = {}) =>
  JSON.stringify({ global_auth: true, consumers: [web.consumer], ...fields })

/** Clears the screen, hides, turns the direction, forges a line, sets the title, in C0, C1 and bidi controls. */
const hostile =
  "\u001b[2J\u001b[8m\u202e\u2066\u009b31m\u001b]0;owned\u0007\r\nallowed as web\u2028\u200b\u{e0041}"

/** What of it a header can have. */
const inAValue = hostile.replace(/[\u0000-\u001f]/g, "")

/** Everything that must not reach a terminal as it is; our own line breaks are no news. */
const moves = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

function expectHarmless({ out, err }: { out: string; err: string }): void {
  const text = `${out}${err}`
  expect(text).not.toBe("")
  expect(text.replaceAll("\n", "")).not.toMatch(moves)
  expect(text.split("\n")).not.toContain("allowed as web")
}

describe("escapes for the terminal", () => {
  it("in claims and header of a token do not leave decode", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
    const token = `${part({ alg: hostile, [hostile]: 1 })}.${part({ sub: hostile, [hostile]: [hostile], exp: 1 })}.c2ln`
    expectHarmless(await cli(["decode"], { stdin: token }))
    const { out, err } = await cli(["decode", "--json"], { stdin: token })
    expectHarmless({ out, err })
    expect(JSON.parse(out)).toMatchObject({ header: { alg: hostile }, payload: { sub: hostile } })
  })

  it("in claims and header of a token do not leave explain", async () => {
    const files = { c: config() }
    const argv = ["explain", "--config", "c", "--request", "GET /", "--token-file", "-"]
    const token = await web.token({ sub: hostile, scope: hostile })
    expectHarmless(await cli([...argv, "--scope", "a"], { files, stdin: token }))
    expectHarmless(await cli([...argv, "--json"], { files, stdin: token }))
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
    const forged = `${part({ alg: "ES256", kid: hostile, typ: hostile })}.${part({ iss: hostile })}.c2ln`
    expectHarmless(await cli(argv, { files, stdin: forged }))
    expectHarmless(await cli([...argv, "--json"], { files, stdin: forged }))
  })

  it("in names of a config do not leave check", async () => {
    const rules = [{ name: hostile, match: { path: "/a" }, allow: [hostile], [hostile]: 1 }]
    const consumers = [{ ...web.consumer, name: hostile, [hostile]: 1 }]
    for (const json of [[], ["--json"]]) {
      expectHarmless(await cli(["check", ...json, "c"], { files: { c: config({ consumers, rules }) } }))
      const named = config({ rules: [{ name: hostile, match: { route: hostile }, public: true }] })
      expectHarmless(await cli(["check", ...json, "c"], { files: { c: named } }))
    }
  })

  it("in names of files, options and requests do not leave an error", async () => {
    for (const argv of [
      ["check", `no${hostile}`],
      [hostile],
      [`--${hostile}`],
      ["explain", "--config", "c", "--request", `GET https://x/${hostile}`],
      ["explain", "--config", "c", "--request", "GET https://x/", "--allow", hostile],
      ["explain", "--config", "c", "--request", "GET https://x/", "-H", `A: ${hostile}`],
      ["explain", "--config", "c", "--curl", `curl -H 'A: ${hostile}' 'http://x/' --${hostile}`],
      ["keygen", "--alg", hostile, "--json"],
    ]) {
      expectHarmless(await cli(argv, { files: { c: config() } }))
    }
  })

  it("in the path and the host of a request are shown as text", async () => {
    const files = { c: config({ rules: [{ match: { path: "/x" }, public: true }] }) }
    const argv = ["explain", "--config", "c", "--request", "GET https://x/%1b[2J", "-H", `Host: ${inAValue}`]
    expectHarmless(await cli(argv, { files }))
  })

  it("are still there for colour on a terminal, and then only ours", async () => {
    const files = { c: config({ rules: [{ name: hostile, match: {}, public: true }] }) }
    const { out } = await cli(["check", "c"], { files, isTerminal: true })
    expect(out).toContain("\u001b[32mok")
    const withoutOurs = ["1", "22", "2", "31", "32", "33", "39"].reduce(
      (text, code) => text.replaceAll(`\u001b[${code}m`, ""),
      out,
    )
    expect(withoutOurs.replaceAll("\n", "")).not.toMatch(moves)
  })
})

describe("a header", () => {
  it.each(["a\r\nAuthorization: Bearer b", "a\nb", "a\u0000b", "a\u001b[2J", "a\u007f"])(
    "cannot bring in another, nor have a control character: %j",
    async (value) => {
      const argv = ["explain", "--config", "c", "--request", "/", "-H", `X: ${value}`]
      const found = await cli(argv, { files: { c: config() } })
      expect(found).toMatchObject({ code: 2, out: "", err: expect.stringContaining("control character") })
    },
  )
})

describe("a token typed where it does not belong", () => {
  const signature = "c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0"
  const token = `${Buffer.from('{"alg":"ES256"}').toString("base64url")}.e30.${signature}`

  it.each<[string, string[]]>([
    ["as a command", [token]],
    ["as --token of explain", ["explain", "--config", "c", "--request", "GET /", "--token", token]],
    ["as --token=", ["explain", "--config", "c", "--request", "GET /", `--token=${token}`]],
    ["as --token of decode", ["decode", "--token", token]],
    ["as --token= of decode", ["decode", `--token=${token}`]],
    ["as the file of decode", ["decode", token]],
    ["as the file of check", ["check", `Bearer ${token}`]],
    ["as --token-file", ["explain", "--config", "c", "--request", "GET /", "--token-file", token]],
    ["as --key", ["sign", "--key", token, "--issuer", "x", "--expires-in", "1m"]],
    ["as one argument too many", ["decode", "f", token]],
    ["as an unknown option", [`--${token}`]],
    ["as a short option", ["decode", `-t${token}`]],
    ["behind a short flag", ["decode", `-h${token}`]],
    ["as a header without a name", ["explain", "--config", "c", "--request", "GET /", "-H", token]],
    ["as the request", ["explain", "--config", "c", "--request", `GET ${token} ${token}`]],
    ["as the method", ["explain", "--config", "c", "--request", `${token} /`]],
    ["as the time", ["explain", "--config", "c", "--request", "GET /", "--at", token]],
    ["as a consumer", ["explain", "--config", "c", "--request", "GET /", "--allow", token]],
    ["as a lifetime", ["sign", "--key", "k", "--issuer", "x", "--expires-in", token]],
    ["as a claim", ["sign", "--key", "k", "--issuer", "x", "--expires-in", "1m", "--claim", token]],
    ["as an algorithm", ["keygen", "--json", "--alg", token]],
    ["in the path", ["explain", "--config", "c", "--request", `GET https://x/a/${token}`]],
    ["in the query", ["explain", "--config", "c", "--request", `GET https://x/a?access_token=${token}`]],
    ["in a cookie", ["explain", "--config", "c", "--request", "GET /", "-H", `Cookie: a=${token}`]],
    ["in the host", ["explain", "--config", "c", "--request", `GET https://${token}/`]],
  ])("is not repeated: %s", async (_, argv) => {
    const world = { files: { c: config(), k: JSON.stringify(web.privateJwk) } }
    const { out, err, code } = await cli(argv, world)
    expect(out + err).not.toMatch(/c2lnbmF0dXJl|eyJhbGci/)
    expect(code === 0 ? out : err + out).not.toBe("")
  })

  it.each([
    [["decode", token], "looks like a token or a key, not like the name of a file"],
    [["jwks", '{"kty":"oct","k":"c2VjcmV0"}'], "looks like a token or a key, not like the name of a file"],
    [["decode", "--token", token], "there is no option --token\n    → A token on the command line stays in"],
  ])("is refused with what to do instead: %j", async (argv, problem) => {
    expect(await cli(argv)).toMatchObject({ code: 2, out: "", err: expect.stringContaining(problem) })
  })

  it.each([
    '{ "alg": "ES256" }',
    '{\n "alg": "ES256"}',
    '{\n\t"alg":1}',
    '{\r\n"alg":1}',
    '{\t"alg":1}',
    '{  "a":1}',
    '{ \n"a":1}',
    '{\n\n"a":1}',
    '{\t\r\n"a":1}',
    '{"\\u0061lg":1}',
    '{"":"0123456789"}',
  ])("is recognised however its header is written: %j", async (header) => {
    const spaced = `${Buffer.from(header).toString("base64url")}.e30.${signature}`
    for (const argv of [
      ["decode", spaced],
      ["explain", "--config", "c", "--request", `GET https://x/${spaced}`],
      ["explain", "--config", "c", "--request", "GET /", "-H", `Cookie: a=${spaced}`],
    ]) {
      const { out, err } = await cli(argv, { files: { c: config() } })
      expect(out + err).not.toContain(signature)
    }
  })

  it("is recognised where a file belongs by its form alone, and nothing else is", async () => {
    const garbled = [
      "MIIBIjANBg.kqhki-G9w0BAQEFAAOCAQ8.AMIIBCgKCAQEA1234",
      "MIIBIjANBg.kqhki-G9w0BAQEFAAOCAQ8.",
    ]
    for (const file of garbled) {
      for (const argv of [["decode"], ["check"], ["jwks"], ["keygen", "--alg", "ES256", "--out-private"]]) {
        const { code, out, err } = await cli([...argv, file])
        expect([code, out]).toEqual([2, ""])
        expect(err).toMatch(/looks like a token/)
        expect(err).not.toContain("MIIB")
      }
    }
    for (const file of ["partner-web.jwks.json", "api-gateway.prod-eu.yaml", "2026-01-31-a.b.c", "a.b."]) {
      expect((await cli(["check", file])).err).toBe(`jwt-auth: cannot read ${file}: no such file\n`)
    }
  })

  it("is not taken for what merely begins like one", async () => {
    for (const path of ["eyewear.example.com/eyebrows", "ewoks/eyals", "eya.b.c"]) {
      const { out } = await cli(["explain", "--config", "c", "--request", `GET https://${path}`], {
        files: { c: config() },
      })
      expect(out).toContain(path)
    }
  })

  it("is refused with the reason", async () => {
    const argv = ["explain", "--config", "c", "--request", "GET /", "--token", token]
    expect(await cli(argv, { files: { c: config() } })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/shell's history[\s\S]*--token-file -/),
    })
  })

  it("is never in what explain says, whichever way it came in, nor is the query", async () => {
    const good = await web.token()
    const signature = good.split(".")[2] ?? ""
    const files = { c: config(), t: `${good}\n` }
    for (const argv of [
      ["--request", "GET https://x/?a=hidden1", "--token-file", "t"],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: Bearer ${good}`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: Bearer Bearer ${good}`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: ${good}`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: Bearer "${good}"`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: Bearer ${good}, Bearer ${good}`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Authorization: Bearer ${good.slice(0, -9)}`],
      ["--request", "GET https://x/?a=hidden1", "-H", `Cookie: s=${good}; b=hidden1`],
      ["--request", `GET https://x/?a=hidden1&access_token=${good}`],
      ["--request", `GET https://x/?a=hidden1&token=${good}`],
      ["--curl", `curl 'https://x/?a=hidden1' -H 'X-Token: ${good}'`],
      ["--curl", `curl "https://x/?a=hidden1&b=$(cat t)" -H "Authorization: Bearer $(cat t)"`],
    ]) {
      for (const extra of [[], ["--json"], ["--redact"], ["--allow", "web"]]) {
        const { out, err } = await cli(["explain", "--config", "c", ...argv, ...extra], { files })
        expect(err).toBe("")
        expect(out).not.toContain(signature.slice(0, 20))
        expect(out).not.toMatch(/eyJ|hidden1/)
      }
    }
  })
})

describe("a secret", () => {
  it("is in no message about the config that holds it", async () => {
    const k = secret.jwks.keys[0]?.k ?? ""
    for (const text of [
      `consumers:\n  - name: a\n    issuer: b\n    jwks: { keys: [{ kty: oct, k: ${k}, alg: RS256 }] }`,
      `consumers:\n  - jwks: { keys: [{ kty: oct k: ${k} }] }`,
      `consumers:\n  - jwks: "${k}`,
      `consumers:\n  - jwks: | ${k}`,
      `consumers: !!${k} x`,
      `consumers: *${k}`,
      `consumers: ]${k}`,
      `${k}`,
      `{"consumers": [{"name": "a", "issuer": "b", "jwks": "{${k}"}]}`,
      `%${k} x\n---\na: 1`,
      `a: 1\n\t${k}: 2`,
    ]) {
      for (const json of [[], ["--json"]]) {
        const { code, out, err } = await cli(["check", ...json, "c"], { files: { c: text } })
        expect(code).toBe(1)
        expect(out + err, text).not.toContain(k)
      }
    }
  })

  it("is in no message about the key file that holds it", async () => {
    const { d } = web.privateJwk as { d: string }
    for (const text of [
      `{"kty":"EC","d":"${d}"`,
      `{"kty":"EC","crv":"P-256","d":"${d}","x":"AA","y":"AA"}`,
      `{"kty":"EC","crv":"P-999","d":"${d}"}`,
      `{"keys":[{"d":"${d}"}]}`,
      `-----BEGIN PRIVATE KEY-----\n${d}\n-----END PRIVATE KEY-----\n`,
      `-----BEGIN EC PRIVATE KEY-----\n${d}\n`,
      d,
    ]) {
      for (const argv of [
        ["jwks", "k"],
        ["sign", "--key", "k", "--issuer", "x", "--expires-in", "1m"],
      ]) {
        const { code, out, err } = await cli(argv, { files: { k: text } })
        expect(code).not.toBe(0)
        expect(out + err).not.toContain(d.slice(0, 12))
      }
    }
  })

  it("is no part of an unexpected failure", async () => {
    const { err, code } = await cli(["explain", "--config", "c", "--request", "GET /", "--at", "1"], {
      files: { c: config() },
      env: new Proxy(
        {},
        {
          get: () => {
            throw new Error("TOP-SECRET")
          },
        },
      ),
    })
    expect(code).toBe(2)
    expect(err).toContain("this is a bug in jwt-auth")
    expect(err).not.toContain("TOP-SECRET")
  })
})

describe("a document made to exhaust", () => {
  it("by aliases of aliases (billion laughs) is refused", async () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(",")}]`
    const names = ["b", "c", "d", "e", "f", "g", "h", "i"]
    const lines = names.map((name, i) => level(name, i === 0 ? "a" : (names[i - 1] ?? "")))
    const { code, out } = await cli(["check", "-"], { stdin: ["a: &a [x,x]", ...lines].join("\n") })
    expect(code).toBe(1)
    expect(out).toMatch(/^<stdin>:1:1: error: repeats its anchors too often/)
  })

  it("by an alias of itself is refused", async () => {
    const { code, out } = await cli(["check", "-"], { stdin: "consumers: &a\n  - *a\n" })
    expect(code).toBe(1)
    expect(out).toContain("error: consumers[0] must be an object")
  })

  it.each(["[", "{a: ", "- ", '[{"a":'])("by 100,000 levels of %j is refused", async (opening) => {
    const { code, out } = await cli(["check", "-"], { stdin: opening.repeat(100_000) })
    expect(code).toBe(1)
    expect(out.length).toBeLessThan(1000)
  })

  it("by its size is refused, and not read to its end", async () => {
    const files = { big: new Uint8Array(17 * 1024 * 1024) }
    for (const argv of [
      ["check", "big"],
      ["jwks", "big"],
      ["decode", "big"],
    ]) {
      const { code, err } = await cli(argv, { files })
      expect([code, err]).toEqual([
        2,
        expect.stringMatching(/^jwt-auth: big is too large: more than \d+ bytes\n$/),
      ])
    }
  })

  it("by the depth of its claims is refused", async () => {
    const payload = Buffer.from(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`).toString("base64url")
    const { code, err } = await cli(["decode"], { stdin: `e30.${payload}.c2ln` })
    expect(code).toBe(1)
    expect(err).toContain("not a JWT")
  })
})

describe("names that are not only names", () => {
  it.each(["__proto__", "constructor", "toString"])(
    "%s in a config is an unknown field and nothing else",
    async (name) => {
      const text = `${config().slice(0, -1)},"${name}":{"global_auth":false}}`
      const { code, out } = await cli(["check", "-"], { stdin: text })
      expect(code).toBe(1)
      expect(out).toContain(`error: ${name} is not`)
    },
  )

  it("__proto__ of a rule in YAML restricts nothing silently", async () => {
    const { code, out } = await cli(["check", "-"], {
      stdin: `${config().slice(0, -1)},"rules":[{"match":{"__proto__":{"path":"/a"}},"public":true}]}`,
    })
    expect(code).toBe(1)
    expect(out).toContain("rules[0].match.__proto__ is not a usable name")
  })

  it("__proto__ among the claims of a token is shown, and not obeyed", async () => {
    const payload = Buffer.from('{"__proto__":{"exp":1},"sub":"a"}').toString("base64url")
    const { out } = await cli(["decode"], { stdin: `e30.${payload}.c2ln` })
    expect(out).toContain('__proto__  {"exp":1}')
    expect(out).not.toContain("expired")
  })

  it("a merge key is a field like any other", async () => {
    const { out } = await cli(["check", "-"], {
      stdin: `base: &b { global_auth: false }\n<<: *b\nconsumers: []\n`,
    })
    expect(out).toContain("error: << is not a known field")
  })
})
