import { exportJWK, importSPKI, importX509 } from "jose"
import type { Jwk } from "../../config/document.js"

/** A key that was read, or why it was not, in words that go after the name of a field. */
export type ReadKey =
  | { readonly jwk: Jwk; readonly problem?: never }
  | { readonly jwk?: never; readonly problem: string; readonly fix: string }

/**
 * Reads a public key from its PEM text: `PUBLIC KEY` (RFC 7468 §13), `CERTIFICATE` (§5; only its key is taken) or
 * `RSA PUBLIC KEY` (RFC 8017 §A.1.1). A private key is refused: it has no place in a config that only verifies.
 */
export async function pemToJwk(pem: string): Promise<ReadKey> {
  const labels = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label]) => label ?? "")
  if (labels.some((label) => label.endsWith("PRIVATE KEY"))) {
    return {
      problem: "is a private key",
      fix: "Give the public one: openssl pkey -in private.pem -pubout. If this file was shared, make a new pair.",
    }
  }
  const [label = ""] = labels
  if (labels.length !== 1 || !["PUBLIC KEY", "CERTIFICATE", "RSA PUBLIC KEY"].includes(label)) {
    return {
      problem: labels.length > 1 ? "holds more than one PEM block" : "is not the PEM text of a public key",
      fix: "It begins with -----BEGIN PUBLIC KEY----- and has real line breaks. openssl pkey -pubout prints one.",
    }
  }
  const spki = label === "RSA PUBLIC KEY" ? spkiOfRsa(pem) : pem
  const jwk = spki === undefined ? undefined : await readPublic(spki, label)
  if (jwk !== undefined) return { jwk }
  return {
    problem: "cannot be read",
    fix: "Supported are RSA, EC on P-256, P-384 and P-521, and Ed25519. Check that it was copied whole.",
  }
}

/** One algorithm for each kind of key: the key is of the kind under which it can be read. */
const oneOfEachKind = ["RS256", "ES256", "ES384", "ES512", "EdDSA"] as const

async function readPublic(pem: string, label: string): Promise<Jwk | undefined> {
  const read = label === "CERTIFICATE" ? importX509 : importSPKI
  for (const alg of oneOfEachKind) {
    try {
      const jwk = await exportJWK(await read(pem, alg, { extractable: true }))
      const members = ["kty", "crv", "n", "e", "x", "y"].filter((name) => Object.hasOwn(jwk, name))
      return Object.fromEntries(members.map((name) => [name, Reflect.get(jwk, name)]))
    } catch {
      // A key of another kind.
    }
  }
  return undefined
}

/** `SEQUENCE { SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }, BIT STRING }` (RFC 5280 §4.1, RFC 3279 §2.3.1). */
function spkiOfRsa(pem: string): string | undefined {
  const rsaEncryption = [
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
  ]
  try {
    const key = atob(pem.replace(/-----[A-Z ]+-----|\s/g, ""))
    const bitString = der(0x03, `\0${key}`)
    const spki = der(0x30, `${String.fromCharCode(...rsaEncryption)}${bitString}`)
    return `-----BEGIN PUBLIC KEY-----\n${btoa(spki)}\n-----END PUBLIC KEY-----`
  } catch {
    return undefined
  }
}

/** A tag, the length in the definite form, and the content (X.690 §8.1.3), one character per byte. */
function der(tag: number, content: string): string {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return `${String.fromCharCode(tag, ...size)}${content}`
}
