import { describe, expect, it, vi } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { base64url, consumer, mintKey, request, sign } from "../../../test/keyring.js"
import type { AuthRequest, Consumer } from "../../index.js"

const key = await mintKey("ES256")
const token = await sign(key)

/** The hint for each consumer that found nothing. */
async function hintsFor(asked: Partial<AuthRequest>, ...consumers: readonly Consumer[]) {
  const config = { global_auth: true, consumers: consumers.length > 0 ? consumers : [consumer(key)] }
  const { consumers: explained } = await explainSituation({ config, request: request(asked) })
  return explained.map(({ steps: [place] }) => {
    expect(place).toMatchObject({ step: "place", reason: "token_missing" })
    return place?.hint
  })
}

describe("nothing is said", () => {
  it.each<[string, Partial<AuthRequest>]>([
    ["of an empty request", {}],
    [
      "of a scheme that is not known: its name may be part of a secret",
      { headers: { authorization: "hunter2 x" } },
    ],
    [
      "of a session cookie in three parts that is no JWT",
      { headers: { cookie: `session=${base64url({ user: 1 })}.Zabc.def` } },
    ],
    [
      "of an encrypted session",
      { headers: { cookie: `s=${base64url({ alg: "dir", enc: "A256GCM" })}..AA.AA.AA` } },
    ],
    ["of a DPoP proof, which is a JWT and no token", { headers: { dpop: token } }],
    [
      "of a client's assertion, nor of an ID token given as a hint",
      { path: `/?client_assertion=${token}&id_token_hint=${token}` },
    ],
    ["of a token in the path, which may be another kind of link", { path: `/confirm/${token}` }],
    [
      "of a token in a text",
      { headers: { "user-agent": `curl (${token})`, referer: `https://a.example/?jwt=${token}` } },
    ],
    [
      "of three words with dots",
      { headers: { "x-host": "eyes.example.com" }, path: "/?host=eyes.example.com" },
    ],
    [
      "of a token in a cookie whose name is no help to read",
      { headers: { cookie: `${"n".repeat(65)}=${token}` } },
    ],
  ])("%s", async (_, asked) => {
    expect(await hintsFor(asked)).toEqual([undefined])
  })

  it("of another consumer's token in the place where that one looks", async () => {
    const partner = consumer(key, {
      name: "partner",
      issuer: "partner",
      from_headers: [{ name: "X-Partner" }],
    })
    const web = consumer(key)
    const foreign = await sign(key, { payload: { iss: "somebody" } })
    const config = { consumers: [web, partner] }
    const headers = { "x-partner": foreign }
    const { consumers } = await explainSituation({ config, request: request({ headers }) })
    expect(consumers.map(({ steps: [place] }) => place?.hint)).toEqual([undefined, undefined])
  })
})

it("the consumer's own token is named before a stranger's that stands earlier", async () => {
  const stranger = await sign(key, { payload: { iss: "https://proxy.example" } })
  const [hint] = await hintsFor({ headers: { "x-proxy-assertion": stranger, cookie: `session=${token}` } })
  expect(hint).toContain("A token stands in cookie session")
})

it("what is wrong with Authorization comes before a token elsewhere, and a password after it", async () => {
  const cookie = `session=${token}`
  expect(await hintsFor({ headers: { authorization: "Bearer", cookie } })).toEqual([
    expect.stringContaining("no token after it"),
  ])
  expect(await hintsFor({ headers: { authorization: "Basic YTpi", cookie } })).toEqual([
    expect.stringContaining("A token stands in cookie session"),
  ])
})

it("control characters in a name are shown by their number, and no value is shown", async () => {
  const [hint] = await hintsFor({ headers: { [`x-\u001b[31m\u202e`]: token } })
  expect(hint).toContain("\\u{1b}[31m\\u{202e}")
  expect(hint).not.toContain(token.split(".")[1])
})

describe("hostile requests", () => {
  const many = 200_000
  const hostile: Record<string, Partial<AuthRequest>> = {
    "a million quotes": { headers: { authorization: `${'"'.repeat(1e6)}x` } },
    "a million blanks": { headers: { authorization: `x${" ".repeat(1e6)}x`, "x-a": `${"\t".repeat(1e6)}x` } },
    "a million dots": { headers: { authorization: `ey${".".repeat(1e6)}` } },
    "a header of the longest that is looked at": { headers: { authorization: `x ${"e".repeat(16_000)}` } },
    "many parameters": { path: `/?${"a=b&".repeat(many)}` },
    "many cookies": { headers: { cookie: "a=b;".repeat(many) } },
    "many protocols": { headers: { "sec-websocket-protocol": "a,".repeat(many) } },
    "names of Object": { path: "/?__proto__=&constructor", headers: { cookie: "__proto__=x; toString=" } },
    "values that no server gives": {
      headers: { "content-length": 3 as unknown as string, "x-none": undefined },
    },
  }

  it.each(Object.entries(hostile))("%s", async (_, asked) => {
    expect(await hintsFor(asked)).toEqual([undefined])
  })

  it("a request is looked through once, however many consumers ask", async () => {
    let read = 0
    const headers = new Proxy<Record<string, string>>(
      { cookie: `session=${token}` },
      {
        ownKeys(target) {
          read++
          return Reflect.ownKeys(target)
        },
      },
    )
    const count = (consumers: readonly Consumer[]) => {
      read = 0
      return hintsFor({ headers }, ...consumers)
    }
    const places = (i: number) => ({ name: `web${i}`, from_params: [`t${i}`] })
    await count([consumer(key, places(0)), consumer(key, places(1))])
    const two = read
    const hints = await count(Array.from({ length: 200 }, (_, i) => consumer(key, places(i))))
    expect(read).toBe(two)
    expect(new Set(hints).size).toBe(200)
  })

  it.each([
    ["a colon", (header: string) => `bearer:${header}.e30.AA`],
    ["no scheme", (header: string) => `${header}.e30.AA`],
    ["quotes", (header: string) => `"bearer: "${header}.e30.AA"`],
    ["a token that nobody can verify", (header: string) => `Bearer ${header}.e30.AA`],
  ])("what is sent with %s is decoded as often for 200 consumers as for two", async (_, write) => {
    const decode = vi.spyOn(globalThis, "atob")
    const authorization = write(base64url({ pad: "a".repeat(5000) }))
    const decoded = async (count: number) => {
      decode.mockClear()
      const consumers = Array.from({ length: count }, (_, i) =>
        consumer(key, { name: `web${i}`, claims: { tenant: `${i}` } }),
      )
      const asked = request({ headers: { authorization } })
      await explainSituation({ config: { global_auth: true, consumers }, request: asked })
      return decode.mock.calls.filter(([text]) => text.length > 5000).length
    }
    const two = await decoded(2)
    expect(two).toBeGreaterThan(0)
    expect(await decoded(200)).toBe(two)
    decode.mockRestore()
  })
})
