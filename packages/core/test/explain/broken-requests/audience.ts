import { goodClaims } from "../../keyring.js"
import { type BrokenRequest, signedFor } from "../broken-request.js"

function meantFor(name: string, audience: string, payload: object, hint: string): BrokenRequest {
  return {
    name,
    situation: () => signedFor({ audiences: [audience] }, { payload: { ...goodClaims, ...payload } }),
    at: "audience",
    reason: "audience_mismatch",
    hint,
  }
}

const api = "https://api.example.com"
const onlyIn = (difference: string) =>
  `The token's aud and the config's audiences differ only in ${difference}, and they are compared letter by letter. If both are meant to be this API, write it in the config as the token has it.`

export const audience: readonly BrokenRequest[] = [
  meantFor(
    "the audience is a URL with a slash in the token, and without in the config",
    api,
    { aud: [`${api}/`, "https://issuer.example/userinfo"] },
    onlyIn("the slash at the end"),
  ),
  meantFor("the audience differs in case", "Orders", { aud: "orders" }, onlyIn("upper and lower case")),
  meantFor(
    "the audience is http in the token and https in the config",
    api,
    { aud: "http://api.example.com" },
    onlyIn("the scheme before ://"),
  ),
  meantFor(
    "the audience has api:// before it in the token",
    "orders",
    { aud: "api://orders" },
    onlyIn("the scheme before ://"),
  ),
  meantFor(
    "the audience is misspelled",
    "https://orders.example",
    { aud: "https://odrers.example" },
    "The token's aud and the config's audiences are the same but for one letter: wrong, missing, too much or swapped. If both are meant to be this API, write them alike.",
  ),
  meantFor(
    "two audiences stand in one string",
    "orders",
    { aud: "orders, billing" },
    "aud is one string in which several audiences stand. Have the issuer write a list of strings (RFC 7519 §4.1.3).",
  ),
  meantFor(
    "the list of audiences was written as text",
    "orders",
    { aud: '["orders","billing"]' },
    "aud is one string in which several audiences stand. Have the issuer write a list of strings (RFC 7519 §4.1.3).",
  ),
  meantFor(
    "the list of audiences has a number in it",
    "orders",
    { aud: ["orders", 7] },
    "aud is a list with a number in it, so that none of it counts. Have the issuer write strings alone (RFC 7519 §4.1.3).",
  ),
  meantFor(
    "the audience is an object",
    "orders",
    { aud: { orders: true } },
    "aud is an object. It has to be a string or a list of strings (RFC 7519 §4.1.3).",
  ),
  meantFor(
    "the audience stands in client_id",
    "shop",
    { client_id: "shop" },
    "The expected audience stands in client_id, and only aud counts (RFC 7519 §4.1.3). Have the issuer write it into aud.",
  ),
  meantFor(
    "the client was taken for the audience",
    "shop",
    { aud: "account", azp: "shop" },
    "The expected audience stands in azp, and only aud counts (RFC 7519 §4.1.3). Have the issuer write it into aud.",
  ),
  meantFor(
    "the token was asked for without an audience",
    api,
    {},
    "The token names no audience. Have the client name the API when it asks for the token (often with the parameter audience or resource), so that the issuer writes it into aud.",
  ),
  meantFor(
    "an ID token is sent instead of the access token",
    api,
    { aud: "shop", azp: "shop", nonce: "n-0S6_WzA2Mj" },
    "This is an ID token: it tells the client who has logged in, and the client is its audience. Send the access token.",
  ),
]
