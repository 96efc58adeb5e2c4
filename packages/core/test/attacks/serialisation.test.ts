import { describe, expect, it } from "vitest"
import {
  base64url,
  bearer,
  consumer,
  expectRefused,
  gate,
  goodClaims,
  judge,
  mintKey,
  request,
  sign,
} from "../keyring.js"

const key = await mintKey("RS256")
const door = gate(consumer(key))
const token = await sign(key)
const [header, payload, signature] = token.split(".") as [string, string, string]
const flattened = JSON.stringify({ protected: header, payload, signature })
const general = JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
const jweHeader = base64url({ alg: "RSA-OAEP", enc: "A256GCM" })

/** All of them hold a true header, payload and signature somewhere. */
const shapes = {
  "trailing dot": `${token}.`,
  "leading dot": `.${token}`,
  "one segment": header,
  "two segments": `${header}.${payload}`,
  "two segments and a dot": `${header}.${payload}.`,
  "four segments": `${token}.${signature}`,
  "four segments, the last empty": `${token}.`,
  "five segments": `${token}.${payload}.${signature}`,
  "six segments": `${token}.${token}`,
  "a JWE (RFC 7516 §7.1)": `${jweHeader}.${payload}.${signature}.${payload}.${signature}`,
  "a JWE that begins as the token": `${header}.${payload}.${signature}.${payload}.${signature}`,
  "a direct JWE": `${base64url({ alg: "dir", enc: "A128GCM" })}..${payload}.${payload}.${signature}`,
  "empty header": `.${payload}.${signature}`,
  "empty payload": `${header}..${signature}`,
  "empty signature": `${header}.${payload}.`,
  "only dots": "..",
  "one dot": ".",
  "dot, dot, signature": `..${signature}`,
  "doubled dots": `${header}..${payload}..${signature}`,
  "full-width dots": token.replaceAll(".", "．"),
  "one full-width dot": token.replace(".", "。"),
  "encoded dots": token.replaceAll(".", "%2E"),
  "semicolons for dots": token.replaceAll(".", ";"),
  "flattened JSON serialisation": flattened,
  "general JSON serialisation": general,
  "flattened JSON, encoded": base64url(flattened),
  "general JSON, encoded": base64url(general),
  "a token in quotes": `"${token}"`,
  "a token in angle brackets": `<${token}>`,
  "a token after another scheme": `Bearer ${token}`,
  "a token with a name": `token=${token}`,
  "SD-JWT with disclosures": `${token}~${payload}~`,
  "very many dots": ".".repeat(8000),
  "very many dots after the token": token + ".".repeat(5000),
  "very many segments": "e30.".repeat(2000),
}

describe("only three segments are a token", () => {
  it("in any other number, order or wrapping they are none", async () => {
    await expectRefused(door, shapes, "token_malformed")
  })

  it("no header value but the scheme and the token is one", async () => {
    const values = [
      "{}",
      "null",
      "undefined",
      "true",
      "[object Object]",
      "NaN",
      "*",
      "Og==",
      "a.b",
      "%",
      "\0",
    ]
    const cases = values.map((value) => [value, bearer(value)])
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
  })

  it("and the very same three segments are", async () => {
    expect(await judge(door, `${header}.${payload}.${signature}`)).toBe("allow web")
  })
})

describe("a token inside a token", () => {
  it("is not looked for: a signed payload that is itself a token is refused (RFC 7519 §5.2)", async () => {
    const nested = await sign(key, { header: { alg: "RS256", cty: "JWT" }, payload: token })
    await expectRefused(door, { nested }, "token_malformed")
  })

  it("is not looked for in a claim: only the outer claims count", async () => {
    const outer = await sign(key, { payload: { jwt: token, act: goodClaims } })
    await expectRefused(door, { outer }, "claim_missing")
  })

  it("cty does not change how the payload is read", async () => {
    const named = await sign(key, { header: { alg: "RS256", cty: "text/plain" } })
    expect(await judge(door, named)).toBe("allow web")
  })
})

describe("segments that trade places", () => {
  it("are refused, although each of them is true", async () => {
    const other = (await sign(key, { payload: { ...goodClaims, sub: "mallory" } })).split(".")
    await expectRefused(
      door,
      {
        "another payload": `${header}.${other[1]}.${signature}`,
        "another signature": `${header}.${payload}.${other[2]}`,
        "another header": `${base64url({ alg: "RS256", typ: "JWT" })}.${payload}.${signature}`,
      },
      "signature_invalid",
    )
    await expectRefused(door, { "payload first": `${payload}.${header}.${signature}` }, "alg_unsupported")
  })
})

describe("a percent-encoded token in a query", () => {
  it("is decoded once and no more", async () => {
    const once = (text: string) => text.replace(".", "%2E")
    const twice = (text: string) => text.replace(".", "%252E")
    expect(await judge(door, request({ path: `/?access_token=${once(token)}` }))).toBe("allow web")
    const cases = { twice: request({ path: `/?access_token=${twice(token)}` }) }
    await expectRefused(door, cases, "token_malformed")
  })
})
