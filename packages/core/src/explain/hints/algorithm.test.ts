import { expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { base64url, bearer, consumer, goodClaims, mintKey } from "../../../test/keyring.js"

const key = await mintKey("ES256")

/** Of a token with this header, as an object or as the text of its JSON. */
async function hintFor(header: object | string): Promise<string | undefined> {
  const token = `${base64url(header)}.${base64url(goodClaims)}.AAAA`
  const { consumers } = await explainSituation({
    config: { consumers: [consumer(key)] },
    request: bearer(token),
  })
  const step = consumers[0]?.steps.find(({ step }) => step === "algorithm")
  expect(step).toMatchObject({ status: "failed", reason: "alg_unsupported" })
  return step?.hint
}

it.each([
  ["of another library", { alg: "ML-DSA-65" }],
  ["that is empty", { alg: "" }],
  ["that is a long one with a known beginning", { alg: `HS256${"-".repeat(30)}B` }],
  ["that is an address without a known name", { alg: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
  ["that is a member of every object", { alg: "http:#constructor" }],
  ["of many number signs", { alg: `http:${"#".repeat(6000)}` }],
  ["that looks like encryption", { alg: `A${"1".repeat(4000)}K` }],
  ["with control characters", { alg: "\u001b[31mRS\u202e" }],
])("an algorithm %s gets no hint", async (_, header) => {
  expect(await hintFor(header)).toBeUndefined()
})

it("a prototype in the JSON does not name an algorithm", async () => {
  expect(await hintFor('{"__proto__":{"alg":"none"}}')).toContain("The header has no alg")
})

it("a list as long as a token may be is no name", async () => {
  expect(await hintFor({ alg: Array.from({ length: 700 }, () => "none") })).toContain("not a string")
})
