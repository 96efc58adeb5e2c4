import type { Algorithm, Jwk } from "../../config/document.js"
import { algorithms } from "../../config/key-algorithms.js"
import type { Findings } from "../findings.js"
import { at, field, noteUnknown, readCount, readFlag, readText, type Source } from "./fields.js"
import { isWeakSecret, readKey, tellWeak } from "./verification-key.js"

/** The `jwt-auth` of a consumer or of one of its credentials, read. */
export interface Credential {
  /** Where it stands in the source. */
  readonly path: string
  /** The value that its tokens have in the claim that `key_claim_name` names. */
  readonly key: string
  readonly algorithm: Algorithm
  readonly jwk: Jwk
  /** Where the key stood: `secret` or `public_key`. */
  readonly keyField: string
  readonly graceSeconds: number
  /** True when the secret is shorter than the hash. */
  readonly isWeak: boolean
}

export interface CredentialOptions {
  readonly username: string
  readonly allowWeakHmac: boolean
}

/** Reads what the consumer schema of `jwt-auth` has. */
export async function readCredential(
  source: Source,
  { username, allowWeakHmac }: CredentialOptions,
  findings: Findings,
): Promise<Credential | undefined> {
  noteIdle(source, findings)
  const key = readGiven(source, "key", username, findings)
  const algorithm = readAlgorithm(source, findings)
  const graceSeconds = readCount(source, "lifetime_grace_period", findings)
  const isBase64 = readFlag(source, "base64_secret", findings)
  if (algorithm === undefined) return undefined
  const [keyField, idle] = algorithm.startsWith("HS") ? ["secret", "public_key"] : ["public_key", "secret"]
  const text = readGiven(source, keyField, username, findings)
  if (field(source, idle) !== undefined)
    findings.info(at(source, idle), `Not looked at with ${algorithm}.`, "Left out.")
  if (text === undefined || key === undefined) return undefined
  const keyText = { text, path: at(source, keyField), username, algorithm, isBase64 }
  const jwk = await readKey(keyText, findings)
  if (jwk === undefined) return undefined
  const isWeak = isWeakSecret(jwk, algorithm)
  if (isWeak) tellWeak(jwk, keyText, allowWeakHmac, findings)
  return { path: source.path, key, algorithm, jwk, keyField, graceSeconds, isWeak }
}

/** A required text, itself and no reference to it: what a reference stands for is not in the document. */
function readGiven(source: Source, name: string, username: string, findings: Findings): string | undefined {
  const path = at(source, name)
  if (field(source, name) === undefined) {
    findings.error(
      path,
      `is required, for consumer "${username}"`,
      "Add it, as the gateway's schema wants it.",
    )
    return undefined
  }
  const text = readText(source, name, findings)
  if (text === undefined || !/^\s*\$(?:secret|env):\/\/|\$\{\{/i.test(text)) return text
  const fix = "Put the value itself there before the import; the config that comes out holds it then."
  findings.error(path, "is a reference, and what it stands for is not in the document", fix)
  return undefined
}

function readAlgorithm(source: Source, findings: Findings): Algorithm | undefined {
  if (field(source, "algorithm") === undefined) return "HS256"
  const text = readText(source, "algorithm", findings)
  const algorithm = algorithms.find((name) => name === text)
  if (text !== undefined && algorithm === undefined) {
    const fix = `One of ${algorithms.join(", ")}.`
    findings.error(at(source, "algorithm"), "is not an algorithm of jwt-auth", fix)
  }
  return algorithm
}

function noteIdle(source: Source, findings: Findings): void {
  const known = ["key", "secret", "public_key", "algorithm", "base64_secret", "lifetime_grace_period"]
  noteUnknown(source, [...known, "exp", "private_key"], findings)
  if (field(source, "exp") !== undefined)
    findings.info(at(source, "exp"), "Says how long tokens live that the gateway signs.", "Left out.")
  if (field(source, "private_key") !== undefined)
    findings.info(at(source, "private_key"), "Not used to verify.", "Left out: it has no place here.")
}
