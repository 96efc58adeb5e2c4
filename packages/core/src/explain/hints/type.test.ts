import { describe, expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { bearer, consumer, goodClaims, mintKey, sign } from "../../../test/keyring.js"

const key = await mintKey("ES256")

async function hintFor(
  typ: unknown,
  claims: object = {},
  types: readonly string[] = ["at+jwt"],
): Promise<string | undefined> {
  const token = await sign(key, { header: { alg: "ES256", typ }, payload: { ...goodClaims, ...claims } })
  const config = { consumers: [consumer(key, { types })] }
  const { consumers } = await explainSituation({ config, request: bearer(token) })
  const step = consumers[0]?.steps.find(({ reason }) => reason !== undefined)
  expect(step).toMatchObject({ step: "claims", reason: "type_mismatch" })
  return step?.hint
}

describe("no ID token is seen in", () => {
  it.each<[string, object]>([
    [
      "an access token that tells when the user logged in",
      { auth_time: 1, acr: "1", amr: ["pwd"], azp: "app" },
    ],
    ["an access token into which the issuer copies the nonce", { nonce: "x", scope: "openid" }],
    ["an access token with a nonce and scp", { nonce: "x", scp: ["read"] }],
    ["an access token of Keycloak", { typ: "Bearer" }],
    ["an access token of Cognito", { token_use: "access" }],
    ["purposes that are no text", { typ: { id: 1 }, token_use: ["id"], type: 1, token_type: null }],
    ["names of Object", { token_use: "constructor", type: "__proto__" }],
  ])("%s", async (_, claims) => {
    expect(await hintFor("JWT", claims)).toMatch(/^Many issuers write "JWT" into access tokens too,/)
  })

  it("what its header calls an access token", async () => {
    expect(await hintFor("at+jwt", { nonce: "x" }, ["JWT"])).toContain("This says that it is an access token")
  })
})

describe("nothing is said", () => {
  it.each<[string, unknown, object, readonly string[]]>([
    ["of a type that is nearly another one", "rt+at", {}, ["at+jwt"]],
    [
      "of an ID token where neither access tokens nor JWT are asked for",
      "JWT",
      { nonce: "x" },
      ["secevent+jwt"],
    ],
    ["of a type without letters", "+", {}, ["-"]],
    ["of a type as long as a token may be", "+".repeat(5000), {}, ["at+jwt"]],
    ["of a type in control characters", "\u001b[31m\u202e", {}, ["at+jwt"]],
  ])("%s", async (_, typ, claims, types) => {
    expect(await hintFor(typ, claims, types)).toBeUndefined()
  })
})

it("a purpose is told by the claim's name: its value may be anybody's data", async () => {
  const hint = await hintFor("JWT", { token_use: "ID", at_hash: "hunter2", nonce: "hunter2" })
  expect(hint).toContain("by its token_use")
  expect(hint).not.toContain("hunter2")
})
