import { bearer, goodClaims, issuer, mintKey, sign } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

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

/** The same, signed by a key that the consumer has not. */
function unproven(name: string, token: string, config: string, what: string): BrokenRequest {
  const row = issued(name, token, config, `${what} ${whoSigned}`)
  return {
    ...row,
    situation: async () => {
      const { config: unchanged } = await row.situation()
      const payload = { ...goodClaims, iss: token }
      return { config: unchanged, request: bearer(await sign(await mintKey("ES256"), { payload })) }
    },
  }
}

export const byOwnKey = 'The signature is by a key of "web":'
const whoSigned = 'The signature is by no key of "web": check first who signed the token.'
const copy = `${byOwnKey} if it is your issuer, and no other tenant of the same service, write issuer in the config as the token has it`
const letterByLetter = "and they are compared letter by letter."
const onlyIn = (difference: string) =>
  `The token's iss and the config's issuer differ only in ${difference}, ${letterByLetter} ${copy}.`
const oneLetter =
  "The token's iss and the config's issuer are the same but for one letter: wrong, missing, too much or swapped."
const otherHost =
  "The paths are the same, the hosts are not: some issuers write into iss the address at which they were called."

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
  issued("the issuer is misspelled in the config", issuer, "https://isuser.example", `${oneLetter} ${copy}.`),
  issued(
    "the address of the discovery document was taken for the issuer",
    `${issuer}/realms/shop`,
    `${issuer}/realms/shop/.well-known/openid-configuration`,
    `The config's issuer is an address that belongs to the token's issuer, such as that of its metadata or keys. ${copy}.`,
  ),
  issued(
    "the issuer was called by its name inside the network",
    "http://keycloak:8080/realms/shop",
    "https://login.example.com/realms/shop",
    `${otherHost} ${copy}, or give the issuer one public address.`,
  ),
  issued(
    "the tenant is right, the version of its tokens is not",
    "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
    "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
    `Both are the same tenant of Microsoft Entra ID, whose tokens of version 1.0 and 2.0 have different issuers. ${copy}, or have the API's requestedAccessTokenVersion changed.`,
  ),
]

const unprovenIssuers: readonly BrokenRequest[] = [
  unproven(
    "somebody else signs under an issuer that looks like the config's",
    "https://issuer.exampIe",
    issuer,
    oneLetter,
  ),
  unproven(
    "somebody else signs under the issuer with http",
    issuer.replace("https", "http"),
    issuer,
    `The token's iss and the config's issuer differ only in the scheme before ://, ${letterByLetter}`,
  ),
  unproven(
    "somebody else signs under the issuer with a slash at its end",
    `${issuer}/`,
    issuer,
    `The token's iss and the config's issuer differ only in the slash at the end, ${letterByLetter}`,
  ),
  unproven(
    "somebody else signs under the issuer with an invisible character",
    `${issuer}\u200b`,
    issuer,
    `The token's iss and the config's issuer differ only in white space or invisible characters, ${letterByLetter}`,
  ),
  unproven(
    "somebody else signs under the issuer's path at another host",
    "http://keycloak:8080/realms/shop",
    "https://login.example.com/realms/shop",
    otherHost,
  ),
]

export const claimsOfIssuers: readonly BrokenRequest[] = [...issuers, ...unprovenIssuers]
