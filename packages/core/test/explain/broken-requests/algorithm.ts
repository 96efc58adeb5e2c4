import { base64url, bearer, consumer, goodClaims, mintKey } from "../../keyring.js"
import type { BrokenRequest } from "../broken-request.js"

const signature = "AAAA"

/** A token with this header, for a consumer with a key for ES256 and one for EdDSA. */
const row = (
  name: string,
  header: object,
  hint: string,
  payload: string | object = goodClaims,
): BrokenRequest => ({
  name,
  situation: async () => {
    const keys = [await mintKey("ES256"), await mintKey("EdDSA")]
    const token = `${base64url(header)}.${base64url(payload)}.${signature}`
    return { config: { consumers: [consumer(keys)] }, request: bearer(token) }
  },
  at: "algorithm",
  reason: "alg_unsupported",
  hint,
})

const unsigned =
  "The token declares itself unsigned, and such are never accepted. Have the issuer sign it with ES256 or EdDSA."
const written = (name: string) =>
  `The name of this algorithm is written ${name}, exactly so (RFC 7515 §4.1.1). Have the issuer write it that way.`
const encryption =
  "This algorithm is for encrypted tokens (JWE), which are not read. Ask the issuer for a token signed with ES256 or EdDSA."
const xml = (name: string) =>
  `This name is for signatures in XML; for a JWT it is ${name}. In .NET, take the constant of SecurityAlgorithms without "Signature" at its end.`

export const algorithm: readonly BrokenRequest[] = [
  row("alg none with something in place of a signature", { alg: "none" }, unsigned),
  row("alg None, which some readers take for another word", { alg: "None" }, unsigned),
  row("alg in lower case", { alg: "rs256" }, written("RS256")),
  row("alg with a hyphen", { alg: "ES-256" }, written("ES256")),
  row("alg eddsa", { alg: "eddsa" }, written("EdDSA")),
  row(
    "alg by its newer name",
    { alg: "Ed25519" },
    "Ed25519 is the newer name of this algorithm (RFC 9864), and the name known here is EdDSA. Have the issuer write EdDSA.",
  ),
  row(
    "alg on another curve of EdDSA",
    { alg: "Ed448" },
    "Of EdDSA only the curve Ed25519 is supported. Have the issuer sign with ES256 or EdDSA.",
  ),
  row(
    "alg on the curve of Bitcoin",
    { alg: "ES256K" },
    "ES256K signs on the curve of Bitcoin, secp256k1, which is not supported. Have the issuer sign with ES256 or EdDSA.",
  ),
  row(
    "alg by the name that XML has for it (HMAC)",
    { alg: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256" },
    xml("HS256"),
  ),
  row(
    "alg by the name that XML has for it (RSA)",
    { alg: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" },
    xml("RS256"),
  ),
  row("alg for encryption, and enc", { alg: "RSA-OAEP-256", enc: "A256GCM" }, encryption),
  row("alg for encryption, without enc", { alg: "ECDH-ES+A128KW" }, encryption),
  row("alg dir, where both sides have the key", { alg: "dir" }, encryption),
  row(
    "no alg",
    { typ: "JWT" },
    "The header has no alg, which every token needs (RFC 7515 §4.1.1). Have the issuer write it.",
  ),
  row(
    "the session cookie of a framework, which is in three parts too",
    { user: "alice" },
    "The first part has no alg and the second is not JSON: this may not be a JWT, but the signed session cookie of a framework.",
    "a time",
  ),
  row(
    "alg is a list",
    { alg: ["ES256"] },
    "The alg in the header is not a string. Have the issuer write the name of an algorithm.",
  ),
]
