import { describe, expect, it } from "vitest"
import { checkConfig } from "../../src/index.js"
import { base64url, consumer, expectRefused, gate, goodClaims, judge, mintKey, sign } from "../keyring.js"

const rsa = await mintKey("RS256")
const hmac = await mintKey("HS256")

const spellings = [
  ...["none", "None", "NONE", "nOnE", "nONE", "NoNe", "none ", " none", "none\0", "none\n", "\tnone"],
  ...["ｎｏｎｅ", "nonе", "n\u00adone", "null", "undefined", "", " ", "*", "any"],
].map((alg) => JSON.stringify(alg))
const otherTypes = ["null", "true", "false", "0", "[]", '["none"]', '["RS256"]', '["HS256"]', "{}"]
const escaped = ['"\\u006eone"', '"\\u004e\\u004f\\u004e\\u0045"']

const headers = [...spellings, ...otherTypes, ...escaped].map((alg) => `{"alg":${alg}}`)
headers.push("{}", '{"typ":"JWT"}', '{"ALG":"RS256"}', '{"Alg":"HS256"}', '{"alg ":"HS256"}')

describe.each([rsa, hmac])("alg none against a key for $alg", (key) => {
  const door = gate(consumer(key))

  it("is refused without a signature, in every spelling", async () => {
    const cases = headers.map((header) => [header, `${base64url(header)}.${base64url(goodClaims)}.`])
    await expectRefused(door, Object.fromEntries(cases), "token_malformed")
  })

  it("is refused with a made-up signature, in every spelling", async () => {
    const cases = headers.map((header) => [header, `${base64url(header)}.${base64url(goodClaims)}.AAAA`])
    await expectRefused(door, Object.fromEntries(cases), "alg_unsupported")
  })

  it("is refused with a true signature of the right key, in every spelling", async () => {
    const cases = await Promise.all(headers.map(async (header) => [header, await sign(key, { header })]))
    await expectRefused(door, Object.fromEntries(cases), "alg_unsupported")
  })

  it("is no more than a wrong name: the same token with the key's own algorithm is allowed", async () => {
    expect(await judge(door, await sign(key))).toBe("allow web")
  })
})

describe("alg none in a config", () => {
  it.each(["none", "None", "NONE", ""])("is no algorithm a consumer can ask for: %j", (alg) => {
    const config = { consumers: [{ ...consumer(rsa), algorithms: [alg] }] }
    expect(checkConfig(config).config).toBeUndefined()
  })

  it.each(["none", "NONE", ""])("leaves a key that names it unable to verify anything: %j", (alg) => {
    const config = { consumers: [consumer({ ...rsa, jwk: { ...rsa.jwk, alg } })] }
    expect(checkConfig(config).config).toBeUndefined()
  })
})
