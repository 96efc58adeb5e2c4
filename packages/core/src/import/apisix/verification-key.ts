import { decodedLength } from "../../base64url.js"
import type { Algorithm, Jwk } from "../../config/document.js"
import { algorithmsOfKind, shortestSecret } from "../../config/key-algorithms.js"
import type { Findings } from "../findings.js"
import { pemToJwk, type ReadKey } from "./pem-to-jwk.js"
import { secretToJwk } from "./secret-to-jwk.js"

/** The text of a key, and what the source says of it. */
export interface KeyText {
  readonly text: string
  readonly path: string
  readonly username: string
  readonly algorithm: Algorithm
  /** Whether a secret is base64. */
  readonly isBase64: boolean
}

/** The key, when it goes with the algorithm. What else may be wrong with it, `checkConfig` says. */
export async function readKey(source: KeyText, findings: Findings): Promise<Jwk | undefined> {
  const { text, path, username, algorithm, isBase64 } = source
  const read: ReadKey = algorithm.startsWith("HS") ? secretToJwk(text, isBase64) : await pemToJwk(text)
  if (read.jwk === undefined) {
    findings.error(path, `${read.problem} (consumer "${username}")`, read.fix)
    return undefined
  }
  const { jwk } = read
  if (!algorithmsOfKind(jwk).includes(algorithm)) {
    const kind = [jwk.kty, jwk.crv].filter((part) => part !== undefined).join(" ")
    const message = `is a key of kind ${kind}, which ${algorithm} does not go with (consumer "${username}")`
    findings.error(path, message, "Correct the algorithm or the key: no token verifies there either.")
    return undefined
  }
  noteKey(jwk, source, findings)
  return jwk
}

function noteKey(jwk: Jwk, { text, path, algorithm }: KeyText, findings: Findings): void {
  if (text.includes("-----BEGIN CERTIFICATE-----")) {
    const here = "Only its key is taken. When it ends and who issued it is not looked at."
    findings.differs(path, "A certificate.", here)
  }
  // 342 characters of base64url are 256 bytes, and only signatures of this length are taken there.
  if (algorithm.startsWith("PS") && jwk.n?.length !== 342) {
    const there = `${algorithm} verifies with RSA keys of 2048 bits only.`
    findings.differs(path, there, "It verifies with longer keys too.")
  }
}

/** True for a secret that is shorter than the hash (RFC 7518 §3.2). */
export function isWeakSecret({ k }: Jwk, algorithm: Algorithm): boolean {
  return k !== undefined && decodedLength(k.length) < (shortestSecret[algorithm] ?? 0)
}

/** Tells of a weak secret: an error, unless such secrets are asked for. */
export function tellWeak(
  { k = "" }: Jwk,
  { path, username, algorithm }: KeyText,
  isAccepted: boolean,
  findings: Findings,
): void {
  const needed = (shortestSecret[algorithm] ?? 0) * 8
  const size = `${decodedLength(k.length) * 8} bits, and ${algorithm} needs ${needed} (RFC 7518 §3.2)`
  if (isAccepted) {
    const here = `Accepted, by allow_weak_hmac: true on "${username}" alone. It has ${size}.`
    findings.info(path, "A secret of any length is accepted.", here)
    return
  }
  const fix =
    "Change the secret; or import with { allowWeakHmac: true }, which sets allow_weak_hmac on such consumers alone."
  findings.error(path, `of consumer "${username}" is too weak: ${size}`, fix)
}
