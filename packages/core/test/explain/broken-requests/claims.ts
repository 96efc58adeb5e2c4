import type { Consumer } from "../../../src/index.js"
import { goodClaims, issuer, now } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

const exp = now + 3600

/** A token of another issuer than the config's. */
function issued(name: string, token: string, config: string, hint: string): BrokenRequest {
  return {
    name,
    situation: () => signedFor({ issuer: config }, { payload: { ...goodClaims, iss: token } }),
    at: "claims",
    reason: "claim_mismatch",
    hint,
  }
}

const letterByLetter = "and they are compared letter by letter. Write it in the config as the token has it."
const onlyIn = (difference: string) =>
  `The token's iss and the config's issuer differ only in ${difference}, ${letterByLetter}`

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

const issuers: readonly BrokenRequest[] = [
  issued(
    "the issuer ends in a slash that the config has not",
    `${issuer}/`,
    issuer,
    onlyIn("the slash at the end"),
  ),
  issued(
    "the issuer is in the config with a slash that the token has not",
    issuer,
    `${issuer}/`,
    onlyIn("the slash at the end"),
  ),
  issued(
    "the issuer is written with capital letters in the config",
    issuer,
    "https://Issuer.example",
    onlyIn("upper and lower case"),
  ),
  issued(
    "the issuer is http in the config and https in the token",
    issuer,
    "http://issuer.example",
    onlyIn("the scheme before ://"),
  ),
  issued(
    "the issuer stands in the config without https://, and with a slash",
    issuer,
    "issuer.example/",
    onlyIn("the scheme before :// and the slash at the end"),
  ),
  issued(
    "the issuer has a space after it in the config",
    issuer,
    `${issuer} `,
    onlyIn("white space or invisible characters"),
  ),
  issued(
    "the issuer was copied with an invisible character",
    issuer,
    `\u200b${issuer}`,
    onlyIn("white space or invisible characters"),
  ),
  issued(
    "the issuer names the port that https has anyway",
    `${issuer}:443/tenant`,
    `${issuer}/tenant`,
    onlyIn("the default port"),
  ),
  issued(
    "the issuer is misspelled in the config",
    issuer,
    "https://isuser.example",
    "The token's iss and the config's issuer are the same but for one letter: wrong, missing, too much or swapped. Write it in the config as the token has it.",
  ),
  issued(
    "the address of the discovery document was taken for the issuer",
    `${issuer}/realms/shop`,
    `${issuer}/realms/shop/.well-known/openid-configuration`,
    "The config's issuer is an address that belongs to the token's issuer, such as that of its metadata or keys. Write issuer as the token has it.",
  ),
  issued(
    "the issuer was called by its name inside the network",
    "http://keycloak:8080/realms/shop",
    "https://login.example.com/realms/shop",
    "The paths are the same, the hosts are not: some issuers write into iss the address at which they were called. Give the issuer one public address, or write issuer as the token has it.",
  ),
  issued(
    "the tenant is right, the version of its tokens is not",
    "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
    "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
    "Both are the same tenant of Microsoft Entra ID, whose tokens of version 1.0 and 2.0 have different issuers. Write issuer as the token has it, or have the API's requestedAccessTokenVersion changed.",
  ),
]

const others: readonly BrokenRequest[] = [
  claimed(
    "the config wants key, and the token has only sub and user_id",
    { key: "shop" },
    { sub: "alice", user_id: "u-1" },
    'The token has no key. It has sub and user_id: have the issuer add key, or recognise the consumer by what is there, as in claims: { sub: "alice" }.',
  ),
  claimed(
    "the token has nothing but an issuer to recognise it by",
    { key: "shop" },
    { iss: issuer },
    'The token has no key. It has iss: have the issuer add key, or recognise the consumer by what is there, as in issuer: "https://issuer.example".',
  ),
  claimed(
    "the value that the config wants in key stands in sub",
    { key: "shop" },
    { sub: "shop" },
    'The token\'s sub has exactly the expected value. If that is the claim you mean, write claims: { sub: "shop" } in the config.',
  ),
  claimed(
    "the value that the config wants in sub stands in azp",
    { sub: "shop" },
    { sub: "alice", azp: "shop" },
    'The token\'s azp has exactly the expected value. If that is the claim you mean, write claims: { azp: "shop" } in the config.',
    "claim_mismatch",
  ),
  claimed(
    "the name of a claim was written where its value belongs",
    { key: "user_id" },
    { user_id: "user123" },
    'The config asks for a claim key with the value "user_id", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it: claims: { user_id: "user123" }.',
  ),
  claimed(
    "the name of the claim stands in place of its value",
    { user_id: "user_id" },
    { user_id: "user123" },
    'The config asks for a claim user_id with the value "user_id", and the token has a claim of that name. In claims, the name stands before the colon and the expected value after it: claims: { user_id: "user123" }.',
    "claim_mismatch",
  ),
  claimed(
    "the claim is userId in the token and user_id in the config",
    { user_id: "u-1" },
    { userId: "u-1" },
    'The token has no user_id, but userId. Names are compared letter by letter: write claims: { userId: "u-1" } in the config.',
  ),
  claimed(
    "the issuer puts a namespace before the names of its claims",
    { key: "shop" },
    { "https://example.com/key": "shop" },
    'The token has no key, but "https://example.com/key". Names are compared letter by letter: write claims: { "https://example.com/key": "shop" } in the config.',
  ),
  claimed(
    "the claim stands one level too deep",
    { key: "shop" },
    { user: { key: "shop" } },
    "The token has key inside user, and only claims at the top of the payload are compared. Have the issuer put it there.",
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
    `The token's key and the config's key differ only in upper and lower case, ${letterByLetter}`,
    "claim_mismatch",
  ),
]

export const claims: readonly BrokenRequest[] = [...issuers, ...others]
