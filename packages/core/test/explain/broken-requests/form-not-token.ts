import { base64url, consumer, mintKey, request, sign } from "../../keyring.js"
import type { BrokenRequest } from "../broken-request.js"
import { inPlace, row, sent } from "./form-situations.js"

const variable = "Look at the variable that the client takes it from:"
const placeholder =
  "A placeholder stands where the token should, and nothing has replaced it. A shell leaves $NAME as it is in single quotes."
const opaque =
  "This is not a JWT; it may be an opaque token, a session id or an API key. Ask the issuer for an access token in JWT form; many give one only for a named audience."
const masked = "The token is masked, as logs and tools show it. Take it from where it is whole."
const repeated =
  "was sent more than once, or holds several values. Send one: which of several counts must not depend on who reads them."

export const notTokens: readonly BrokenRequest[] = [
  row(
    "the word undefined",
    sent(() => "undefined"),
    `The word undefined stands where the token should. ${variable} nothing was in it.`,
  ),
  row(
    "the word null, in quotes",
    sent(() => '"null"'),
    `The word null stands where the token should. ${variable} nothing was in it.`,
  ),
  row(
    "an object",
    sent(() => "[object Object]"),
    "An object stands where its token should. Have the client take the member that holds the token.",
  ),
  row(
    "a promise",
    sent(() => "[object Promise]"),
    "A promise stands where its token should. Have the client await it.",
  ),
  row(
    "quotes around nothing",
    sent(() => '""'),
    `There is no token between the quotation marks or spaces. ${variable} it is probably empty.`,
  ),
  row(
    "a shell's variable in single quotes",
    sent(() => "$TOKEN"),
    placeholder,
  ),
  row(
    "a template's variable",
    sent(() => "{{ access_token }}"),
    placeholder,
  ),
  row(
    "the placeholder of a manual",
    sent(() => "<your token>"),
    placeholder,
  ),
  row(
    "another placeholder of a manual",
    sent(() => "YOUR_ACCESS_TOKEN"),
    placeholder,
  ),
  row(
    "the token as a log shows it",
    sent((token) => `${token.slice(0, 20)}***`),
    masked,
  ),
  row(
    "what a log shows instead",
    sent(() => "[REDACTED]"),
    masked,
  ),
  row(
    "the token as a table shows it",
    sent((token) => `${token.slice(0, 20)}...${token.slice(-6)}`),
    "The token is abbreviated: the dots stand for what is left out. Copy it whole.",
  ),
  row(
    "the whole answer of the token endpoint",
    sent((token) => JSON.stringify({ access_token: token, token_type: "Bearer", id_token: token }, null, 1)),
    "A whole JSON object stands where the token should. Send only the value of its member access_token.",
  ),
  row(
    "the JSON form of a signed token",
    sent((token) => {
      const [header = "", payload = "", signature = ""] = token.split(".")
      return JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
    }),
    "This is the JSON form of a signed token (RFC 7515 §7.2). Send the compact one, header.payload.signature.",
  ),
  row(
    "the JSON form of an encrypted token",
    sent(() => JSON.stringify({ protected: "e30", iv: "AA", ciphertext: "AA", tag: "AA" })),
    "This is an encrypted token (JWE) in JSON. Ask the issuer for a signed one in the compact form, header.payload.signature.",
  ),
  row(
    "a cookie that Express has signed",
    inPlace("cookie", (token) =>
      encodeURIComponent(`s:${token}.${btoa("a MAC of 32 bytes, or nearly so").replace(/=+$/, "")}`),
    ),
    "The token stands in a cookie that Express has signed (s: before it, a fourth part behind). Set the cookie without signed: a token has its own signature.",
  ),
  row(
    "an opaque token",
    sent(() => "2YotnFZFEjr1zCsicMWpAA"),
    opaque,
  ),
  row(
    "an opaque token with a dot",
    sent(() => "ya29.a0AfB_byC-example"),
    opaque,
  ),
  row(
    "an encrypted token",
    sent(() => `${base64url({ alg: "RSA-OAEP", enc: "A256GCM" })}.AAAA.AAAA.AAAA.AAAA`),
    "This is an encrypted token (JWE): it has five parts, and only its recipient can read it. Ask the issuer for a signed access token; some encrypt what is not asked for with an audience.",
  ),
  row(
    "an encrypted token whose key both sides have, as session cookies are",
    inPlace("cookie", () => `${base64url({ alg: "dir", enc: "A256GCM" })}..AAAA.AAAA.AAAA`),
    "This is an encrypted token (JWE): it has five parts, and only its recipient can read it. Ask the issuer for a signed access token; some encrypt what is not asked for with an audience.",
  ),
  row(
    "Authorization twice",
    async () => {
      const key = await mintKey("ES256")
      const token = await sign(key)
      const authorization = [`Bearer ${token}`, `Bearer ${token}`]
      return { config: { consumers: [consumer(key)] }, request: request({ headers: { authorization } }) }
    },
    `The header Authorization ${repeated}`,
  ),
  row(
    "a password before the token, in one Authorization",
    async () => {
      const key = await mintKey("ES256")
      const authorization = `Basic YTpi, Bearer ${await sign(key)}`
      return { config: { consumers: [consumer(key)] }, request: request({ headers: { authorization } }) }
    },
    `The header Authorization ${repeated}`,
  ),
  row(
    "two tokens with a space between them",
    sent((token) => `${token} ${token}`),
    "Several tokens stand in header Authorization. Send one.",
  ),
]
