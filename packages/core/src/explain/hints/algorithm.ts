import { algorithms } from "../../config/key-algorithms.js"
import type { PolicyConsumer } from "../../config/policy.js"
import type { Finding } from "../finding.js"
import { peekSegment } from "../peek.js"
import { listed } from "../show.js"
import { oncePerExplanation } from "./once-per-explanation.js"

/** What an algorithm that this library does not know probably is. */
export function algorithmHint(finding: Finding): string | undefined {
  const { reading, consumer } = finding
  if (reading?.header === undefined) return undefined
  const { alg, enc } = reading.header
  if (alg === undefined) return missingHint(finding, reading.found.token)
  if (typeof alg !== "string")
    return "The alg in the header is not a string. Have the issuer write the name of an algorithm."
  if (alg.toLowerCase() === "none") {
    return `The token declares itself unsigned, and such are never accepted. Have the issuer sign it${whatFits(consumer)}.`
  }
  if (enc !== undefined || isForEncryption(alg)) {
    return `This algorithm is for encrypted tokens (JWE), which are not read. Ask the issuer for a token signed${whatFits(consumer)}.`
  }
  return spellingHint(alg) ?? otherHint(alg, consumer)
}

/** Not every string of three parts is a JWT. */
const missingHint = oncePerExplanation((_, token: string) =>
  peekSegment(token, 1) === undefined
    ? "The first part has no alg and the second is not JSON: this may not be a JWT, but the signed session cookie of a framework."
    : "The header has no alg, which every token needs (RFC 7515 §4.1.1). Have the issuer write it.",
)

/** RFC 7518 §4.1. */
function isForEncryption(alg: string): boolean {
  return /^(?:RSA1_5|RSA-OAEP(?:-\d+)?|dir|(?:ECDH-ES\+|PBES2-HS\d+\+)?A\d+(?:GCM)?KW|ECDH-ES)$/.test(alg)
}

function spellingHint(alg: string): string | undefined {
  if (alg === "Ed25519") {
    return "Ed25519 is the newer name of this algorithm (RFC 9864), and the name known here is EdDSA. Have the issuer write EdDSA."
  }
  const xml = xmlNames.get(/^http:.*#(.*)$/.exec(alg)?.[1] ?? "")
  if (xml !== undefined) {
    return `This name is for signatures in XML; for a JWT it is ${xml}. In .NET, take the constant of SecurityAlgorithms without "Signature" at its end.`
  }
  const meant = algorithms.find((known) => letters(known) === letters(alg))
  return (
    meant &&
    `The name of this algorithm is written ${meant}, exactly so (RFC 7515 §4.1.1). Have the issuer write it that way.`
  )
}

/** RFC 9231 §2. */
const xmlNames = new Map([
  ["hmac-sha256", "HS256"],
  ["hmac-sha384", "HS384"],
  ["hmac-sha512", "HS512"],
  ["rsa-sha256", "RS256"],
  ["rsa-sha384", "RS384"],
  ["rsa-sha512", "RS512"],
  ["ecdsa-sha256", "ES256"],
  ["ecdsa-sha384", "ES384"],
  ["ecdsa-sha512", "ES512"],
])

function otherHint(alg: string, consumer: PolicyConsumer): string | undefined {
  switch (alg) {
    case "ES256K":
      return `ES256K signs on the curve of Bitcoin, secp256k1, which is not supported. Have the issuer sign${whatFits(consumer)}.`
    case "Ed448":
      return `Of EdDSA only the curve Ed25519 is supported. Have the issuer sign${whatFits(consumer)}.`
    default:
      return undefined
  }
}

function letters(name: string): string {
  return name.replace(/[^a-z\d]/gi, "").toUpperCase()
}

function whatFits({ keys }: PolicyConsumer): string {
  const fitting = [...new Set(keys.flatMap((key) => key.algorithms))]
  return fitting.length === 0 ? "" : ` with ${listed(fitting)}`
}
