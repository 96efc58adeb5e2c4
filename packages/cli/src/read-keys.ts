import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto"
import type { Jwk } from "@jwt-auth/core"
import { type Io, note } from "./io.js"
import { nameOf, readInput } from "./read-input.js"
import { UsageError } from "./usage-error.js"

/** The keys of a file: a JWK, a key set, or PEM. No message of these functions holds any of it. */
export async function readKeys(io: Io, file: string): Promise<readonly Jwk[]> {
  const text = await readInput(io, file)
  const name = nameOf(file)
  if (text.includes("-----BEGIN ")) return [readPem(io, text, name)]
  const value = parseJson(text, name)
  const keys = Array.isArray(value["keys"]) ? (value["keys"] as unknown[]) : [value]
  if (keys.length > 0 && keys.every(isJwk)) return keys
  throw new UsageError(`${name} has no key in it`, "Give a JWK, a key set (RFC 7517) or PEM.")
}

function parseJson(text: string, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // Without the parser's message: it quotes the text, which is a key.
    throw new UsageError(`${name} is neither JSON nor PEM`, "Give a JWK, a key set (RFC 7517) or PEM.")
  }
}

function isJwk(value: unknown): value is Jwk {
  return typeof value === "object" && value !== null && typeof (value as Jwk).kty === "string"
}

interface PemBlock {
  readonly label: string
  readonly text: string
}

function readPem(io: Io, text: string, name: string): Jwk {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g)]
    .map(([block, label = ""]) => ({ label, text: block }))
    .filter(({ label }) => !label.endsWith("PARAMETERS"))
  const [first, ...others] = blocks
  if (first === undefined) throw new UsageError(`${name} has no whole PEM block: BEGIN and END must match`)
  if (others.length > 0) {
    const more = `${others.length} more PEM block${others.length === 1 ? "" : "s"}`
    note(io, [`jwt-auth: ${name}: the first ${first.label.toLowerCase()} counts, and not the ${more}`])
  }
  return exportJwk(importPem(first, name), name)
}

function importPem({ label, text }: PemBlock, name: string): KeyObject {
  if (label === "ENCRYPTED PRIVATE KEY" || text.includes("ENCRYPTED")) {
    throw new UsageError(`${name} is encrypted`, `Decrypt it first: openssl pkey -in ${name} -out plain.pem`)
  }
  if (label === "OPENSSH PRIVATE KEY") {
    throw new UsageError(`${name} is a key of SSH`, "Make a key for tokens: jwt-auth keygen --alg ES256.")
  }
  try {
    if (label === "CERTIFICATE") return new X509Certificate(text).publicKey
    return label.endsWith("PRIVATE KEY") ? createPrivateKey(text) : createPublicKey(text)
  } catch {
    throw new UsageError(`${name} cannot be read as a ${label.toLowerCase()}`, "Was it copied whole?")
  }
}

function exportJwk(key: KeyObject, name: string): Jwk {
  try {
    return key.export({ format: "jwk" }) as Jwk
  } catch {
    const fix = "Supported: RSA, EC (P-256, P-384, P-521) and Ed25519."
    throw new UsageError(
      `${name} is a key of a kind that no token is signed with: ${key.asymmetricKeyType}`,
      fix,
    )
  }
}
