import { describe, expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { base64url, bearer, consumer, goodClaims, mintKey, sign, signText } from "../../../test/keyring.js"
import type { AuthRequest } from "../../index.js"

const key = await mintKey("ES256")
const token = await sign(key)
const [header = "", payload = "", signature = ""] = token.split(".")

async function formOf(asked: string | AuthRequest) {
  const config = { consumers: [consumer(key)] }
  const request = typeof asked === "string" ? bearer(asked) : asked
  const { consumers } = await explainSituation({ config, request })
  return consumers[0]?.steps.find(({ step }) => step === "form")
}

describe("nothing is said", () => {
  it.each([
    ["of four parts", `${token}.AAAA`],
    ["of five parts that are no JWE", `${header}.${payload}.${signature}.AAAA.AAAA`],
    ["of seven parts", `${token}.${token}.A`],
    ["of a text that is not ASCII", "令牌"],
    ["of JSON that is no answer of a token endpoint", '{"error":"invalid_grant"}'],
    ["of JSON members that only Object has", '{"__proto__":{"token":"x"}}'],
  ])("%s", async (_, sent) => {
    expect(await formOf(sent)).toMatchObject({ reason: "token_malformed" })
    expect((await formOf(sent))?.hint).toBeUndefined()
  })

  it.each([
    ["Bearer and two parts, in quotes", `"Bearer ${header}.${payload}"`],
    ["a header line and two parts", `Authorization: Bearer ${header}.${payload}`],
    ["a name and a token cut off", `token: Bearer ${token.slice(0, -9)}`],
    ["a word before a token", `garbage ${token}`],
    ["a URL with a token", `https://a.example/?access_token=${token}`],
    ["quotes around a token that was cut off", `"${token.slice(0, -5)}"`],
  ])("of repairs that do not make a token of it: %s", async (_, sent) => {
    expect(await formOf(sent)).toMatchObject({ reason: "token_malformed" })
    expect((await formOf(sent))?.hint).toBeUndefined()
  })

  it("of a signature when the payload is what stops it", async () => {
    const cut = await signText(key, `${header}.${base64url('{"iss"')}`)
    expect((await formOf(`${cut.slice(0, -1)}`))?.hint).toContain("The payload ends")
  })

  it("of a token that is in order", async () => {
    expect(await formOf(token)).toEqual({ step: "form", status: "ok" })
  })
})

it("a repair is told also when the token has another fault after it", async () => {
  const hint = "The token came with quotation marks. Send it without."
  for (const alg of ["none", "RS256", "rs256"]) {
    expect((await formOf(`"${base64url({ alg })}.${payload}.AAAA"`))?.hint).toBe(hint)
  }
})

it("a long answer of a token endpoint is recognised, and a token that is too long is not read", async () => {
  const long = await sign(key, { payload: { ...goodClaims, long: "x".repeat(9000) } })
  expect((await formOf(JSON.stringify({ access_token: long })))?.hint).toContain("member access_token")
  expect((await formOf(`"${long}"`))?.hint).toContain("More than 8192 bytes")
})

it("no hint shows what was sent", async () => {
  const secret = "hunter2hunter2"
  for (const sent of [secret, `"${secret}"`, `\${${secret}}`, `{"access_token":"${secret}","${secret}":1}`]) {
    const { hint } = (await formOf(sent)) ?? {}
    expect(hint).toBeDefined()
    expect(hint).not.toContain(secret)
  }
})

describe("hostile tokens", () => {
  const n = 1_000_000
  const hostile: Record<string, string> = {
    quotes: '"'.repeat(n),
    "quotes around quotes, at the limit": '"\\'.repeat(4096),
    braces: "{".repeat(n),
    "open objects": '{"a":'.repeat(n / 5),
    brackets: `${"[".repeat(4000)}${"]".repeat(4000)}`,
    percent: "%25".repeat(2700),
    "broken percent": "%".repeat(8000),
    "scheme words": "Bearer ".repeat(1100),
    "equals signs": "=".repeat(n),
    "equals signs before a letter": `${"=".repeat(8000)}x`,
    commas: `x${",".repeat(n)}`,
    "commas and tokens": `${token},`.repeat(3000),
    dots: ".".repeat(n),
    dollars: `$${"{".repeat(n)}`,
    "a placeholder without an end": `{{${" a".repeat(4000)}`,
    "line feeds": `x${"\n".repeat(8000)}x`,
    zeros: "\0".repeat(8000),
    "half characters": "\ud800".repeat(8000),
    "a deep payload": `${header}.${base64url(`${'{"a":'.repeat(1000)}1${"}".repeat(999)}`)}.AAAA`,
    "names of Object": `${base64url('{"__proto__":{"alg":"none"},"alg":"ES256","alg":1}')}.${payload}.AAAA`,
  }

  it.each(Object.entries(hostile))("%s", async (_, sent) => {
    const { reason, hint = "" } =
      (await formOf({ ...bearer(""), headers: { authorization: `Bearer ${sent}` } })) ?? {}
    expect(reason).toBe("token_malformed")
    expect(hint).toMatch(/^[ -~§]*$/)
  })
})
