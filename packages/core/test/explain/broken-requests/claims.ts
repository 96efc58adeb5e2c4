import type { Consumer } from "../../../src/index.js"
import { issuer, now } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"
import { byOwnKey, claimsOfIssuers } from "./claims-of-issuers.js"

const exp = now + 3600

const ifMeant = `${byOwnKey} if this is the caller that is meant,`

/** A consumer that is recognised by these claims, and a token that has others. */
function claimed(
  name: string,
  wanted: NonNullable<Consumer["claims"]>,
  payload: object,
  hint: string,
  reason: "claim_missing" | "claim_mismatch" = "claim_missing",
): BrokenRequest {
  return {
    name,
    situation: async () => {
      const { config, request } = await signedFor({ claims: wanted }, { payload: { exp, ...payload } })
      const consumers = config.consumers.map(({ issuer: _, ...rest }) => rest)
      return { config: { consumers }, request }
    },
    at: "claims",
    reason,
    hint,
  }
}

const others: readonly BrokenRequest[] = [
  claimed(
    "the config wants key, and the token has only sub and user_id",
    { key: "shop" },
    { sub: "alice", user_id: "u-1" },
    `The token has no key. It has sub and user_id. ${ifMeant} have the issuer add key, or recognise it by what is there, as in claims: { sub: "alice" }.`,
  ),
  claimed(
    "the token has nothing but an issuer to recognise it by",
    { key: "shop" },
    { iss: issuer },
    `The token has no key. It has iss. ${ifMeant} have the issuer add key, or recognise it by what is there, as in issuer: "https://issuer.example".`,
  ),
  claimed(
    "the value that the config wants in key stands in sub",
    { key: "shop" },
    { sub: "shop" },
    `The token's sub has exactly the expected value. ${ifMeant} write claims: { sub: "shop" } in the config.`,
  ),
  claimed(
    "the value that the config wants in sub stands in azp",
    { sub: "shop" },
    { sub: "alice", azp: "shop" },
    `The token's azp has exactly the expected value. ${ifMeant} write claims: { azp: "shop" } in the config.`,
    "claim_mismatch",
  ),
  claimed(
    "the name of a claim was written where its value belongs",
    { key: "user_id" },
    { user_id: "user123" },
    `The config asks for a claim key with the value "user_id", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it. ${ifMeant} write claims: { user_id: "user123" }.`,
  ),
  claimed(
    "the name of the claim stands in place of its value",
    { user_id: "user_id" },
    { user_id: "user123" },
    `The config asks for a claim user_id with the value "user_id", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it. ${ifMeant} write claims: { user_id: "user123" }.`,
    "claim_mismatch",
  ),
  claimed(
    "the claim is userId in the token and user_id in the config",
    { user_id: "u-1" },
    { userId: "u-1" },
    `The token has no user_id, but userId, and names are compared letter by letter. ${byOwnKey} if both are meant to be the same, write claims: { userId: "u-1" } in the config.`,
  ),
  claimed(
    "the issuer puts a namespace before the names of its claims",
    { key: "shop" },
    { "https://example.com/key": "shop" },
    `The token has no key, but "https://example.com/key", and names are compared letter by letter. ${byOwnKey} if both are meant to be the same, write claims: { "https://example.com/key": "shop" } in the config.`,
  ),
  claimed(
    "the claim stands one level too deep",
    { key: "shop" },
    { user: { key: "shop" } },
    "The token has key inside user, and only claims at the top of the payload are compared. If the issuer sets it, and not the caller, have it put there.",
  ),
  claimed(
    "the claim is a number",
    { tenant: "42" },
    { tenant: 42 },
    'The token\'s tenant is a number, and the config compares strings. Have the issuer write it in quotes: "42".',
  ),
  claimed(
    "the claim is a list",
    { group: "shop" },
    { group: ["staff", "shop"] },
    'The token\'s group is a list, and the config compares strings. The list has "shop" in it: have the issuer write that alone, as a string.',
  ),
  claimed(
    "the claim is true, and the config wants the word yes",
    { internal: "yes" },
    { internal: true },
    "The token's internal is true or false, and the config compares strings.",
  ),
  claimed(
    "the value differs in case",
    { key: "Shop" },
    { key: "shop" },
    "The token's key and the config's key differ only in upper and lower case. They are compared letter by letter, and may name two callers.",
    "claim_mismatch",
  ),
]

export const claims: readonly BrokenRequest[] = [...claimsOfIssuers, ...others]
