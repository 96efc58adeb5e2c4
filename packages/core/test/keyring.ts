import { createHmac, getRandomValues } from "node:crypto"
import { exportJWK, generateKeyPair, importJWK, type JWK, base64url as jose } from "jose"
import { expect } from "vitest"
import {
  type Algorithm,
  type Authenticator,
  type AuthenticatorOptions,
  type AuthRequest,
  type Consumer,
  createAuthenticator,
  type Decision,
  type DenialCode,
  type Jwk,
  type JwtAuthConfig,
  type Reason,
} from "../src/index.js"

/** The clock of every test here. */
export const now = 1_700_000_000
export const issuer = "https://issuer.example"
export const goodClaims = { iss: issuer, sub: "alice", exp: now + 3600 }

/** A key made at run time: what a config takes, and what signs. */
export interface TestKey {
  readonly alg: Algorithm
  /** As it stands in a config: the public members, or the secret. */
  readonly jwk: Jwk
  /** With the private members. */
  readonly secretJwk: Jwk
}

/** Makes a key for this algorithm. `members` are added to what a config shows of it: `kid`, `alg`, `use`. */
export async function mintKey(alg: Algorithm, members: Partial<Jwk> = {}): Promise<TestKey> {
  if (alg.startsWith("HS")) {
    const k = base64url(getRandomValues(new Uint8Array(Number(alg.slice(2)) / 8)))
    const jwk: Jwk = { kty: "oct", k, ...members }
    return { alg, jwk, secretJwk: jwk }
  }
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const secretJwk = (await exportJWK(privateKey)) as Jwk
  return { alg, jwk: { ...publicPart(secretJwk), ...members }, secretJwk }
}

function publicPart(jwk: Jwk): Jwk {
  const shown = ["kty", "crv", "x", "y", "n", "e"].filter((member) => jwk[member] !== undefined)
  return Object.fromEntries(shown.map((member) => [member, jwk[member]])) as unknown as Jwk
}

/** A header or payload: an object, or the very text or bytes to be encoded, valid or not. */
export type Part = string | Uint8Array | object

/** Encodes text, bytes, or an object as JSON. */
export function base64url(part: Part): string {
  if (part instanceof Uint8Array) return jose.encode(part)
  return jose.encode(typeof part === "string" ? part : JSON.stringify(part))
}

/** What may be said of a token otherwise than an honest issuer would. */
export interface TokenParts {
  readonly header?: Part
  readonly payload?: Part
  /** The algorithm that really signs, whatever the header says. */
  readonly signedWith?: Algorithm
}

/** A truly signed token with any header and payload, so that a refusal is never for want of a signature. */
export function sign(key: TestKey, { header, payload, signedWith }: TokenParts = {}): Promise<string> {
  const input = `${base64url(header ?? { alg: key.alg })}.${base64url(payload ?? goodClaims)}`
  return signText(key, input, signedWith)
}

/** Signs this very text, which need not be two base64url segments. */
export async function signText(key: TestKey, input: string, alg: Algorithm = key.alg): Promise<string> {
  return `${input}.${base64url(await signatureOf(key, input, alg))}`
}

export async function signatureOf(
  key: TestKey,
  input: string,
  alg: Algorithm = key.alg,
): Promise<Uint8Array> {
  if (alg.startsWith("HS")) return hmac(jose.decode(key.jwk.k ?? ""), input, alg)
  const bits = Number(alg.slice(2))
  const names: Record<string, string> = { RS: "RSASSA-PKCS1-v1_5", PS: "RSA-PSS", ES: "ECDSA", Ed: "Ed25519" }
  const params = { name: names[alg.slice(0, 2)] ?? "", hash: `SHA-${bits}`, saltLength: bits / 8 }
  const signer = (await importJWK(key.secretJwk as JWK, alg)) as CryptoKey
  return new Uint8Array(await crypto.subtle.sign(params, signer, new TextEncoder().encode(input)))
}

function hmac(secret: Uint8Array | string, input: string, alg: string): Uint8Array {
  return createHmac(`sha${alg.slice(2)}`, secret)
    .update(input)
    .digest()
}

/** A token whose MAC is made with these bytes, or with the UTF-8 of this text; also with none at all. */
export function macWith(secret: Uint8Array | string, alg = "HS256", header: object = {}): string {
  const input = `${base64url({ alg, ...header })}.${base64url(goodClaims)}`
  return `${input}.${base64url(hmac(secret, input, alg))}`
}

/** A consumer "web" of the usual issuer with these keys. */
export function consumer(keys: TestKey | readonly TestKey[], fields: Partial<Consumer> = {}): Consumer {
  const list = "alg" in keys ? [keys] : keys
  return { name: "web", issuer, jwks: { keys: list.map(({ jwk }) => jwk) }, ...fields }
}

/** An authenticator that asks every request for a token, unless the config says otherwise. */
export function gate(
  consumers: Consumer | readonly Consumer[],
  config: Partial<JwtAuthConfig> = {},
  options: AuthenticatorOptions = {},
): Authenticator {
  const list = "name" in consumers ? [consumers] : consumers
  return createAuthenticator(
    { global_auth: true, consumers: list, ...config },
    { now: () => now, ...options },
  )
}

/** A request with this token in the place where everybody looks first. */
export function bearer(token: string, fields: Partial<AuthRequest> = {}): AuthRequest {
  return request({ headers: { authorization: `Bearer ${token}` }, ...fields })
}

export function request(fields: Partial<AuthRequest> = {}): AuthRequest {
  return { method: "GET", host: "api.example.com", path: "/", headers: {}, ...fields }
}

/** What the decision comes to, in one line: who, or which denial for which reasons. */
export function verdict(decision: Decision): string {
  if (decision.outcome === "allow") return `allow ${decision.auth.consumer}`
  if (decision.outcome === "pass") return "pass"
  return `${decision.denial.code}: ${decision.attempts.map(({ reason }) => reason).join(", ")}`
}

/** What the authenticator makes of this token, or of this whole request. */
export async function judge(authenticator: Authenticator, asked: string | AuthRequest): Promise<string> {
  return verdict(await authenticator.decide(typeof asked === "string" ? bearer(asked) : asked))
}

/** Every case is refused with the one answer that tells nothing, and for this very reason. */
export async function expectRefused(
  authenticator: Authenticator,
  cases: Readonly<Record<string, string | AuthRequest>>,
  reason: Reason,
  code: DenialCode = "jwt_verification_fails",
): Promise<void> {
  const verdicts: [string, string][] = []
  for (const [name, asked] of Object.entries(cases)) verdicts.push([name, await judge(authenticator, asked)])
  expect(verdicts.length).toBeGreaterThan(0)
  expect(verdicts).toEqual(verdicts.map(([name]) => [name, `${code}: ${reason}`]))
}

/** The headers that downstream code sees, when the client sent these. */
export function seenDownstream(decision: Decision, sent: HeadersInit = {}): Headers {
  const seen = new Headers(sent)
  if (decision.outcome === "deny") throw new Error("nothing is downstream of a refusal")
  for (const { op, name, value = "" } of decision.edits.headers) {
    if (op === "remove") seen.delete(name)
    else if (op === "set") seen.set(name, value)
    else seen.append(name, value)
  }
  return seen
}
