import type { VerifyKeyObjectInput } from "node:crypto"
import { hashOf, signatureForm } from "../tokens/signer.js"
import { keyObject, settings } from "./program.js"

/** What `crypto.verify` is asked with. */
export type Signed = readonly [
  hash: string | null,
  input: Buffer,
  key: VerifyKeyObjectInput,
  signature: Buffer,
]

const { algorithm } = settings
const key = { key: keyObject(), ...signatureForm(algorithm) }
const hash = hashOf(algorithm)

/** What is signed in a bearer token; undefined when there is none. */
export function signedPartOf(authorization = ""): Signed | undefined {
  const token = authorization.slice("Bearer ".length)
  const dot = token.lastIndexOf(".")
  if (dot === -1) return undefined
  return [hash, Buffer.from(token.slice(0, dot)), key, Buffer.from(token.slice(dot + 1), "base64url")]
}

/** Who is calling, after the signature has been found good. */
export function subjectOf(authorization = ""): string {
  const payload = Buffer.from(authorization.split(".")[1] ?? "", "base64url").toString()
  return (JSON.parse(payload) as { sub: string }).sub
}
