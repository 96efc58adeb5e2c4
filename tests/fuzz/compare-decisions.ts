import type { Authenticator, AuthRequest, Decision, JwtAuthConfig } from "@jwt-auth/core"
import { bentSignature } from "./bent-signatures.js"
import { bentText } from "./bent-texts.js"
import type { Dice } from "./dice.js"
import type { Disagreement } from "./disagreement.js"
import { jsonBytes } from "./json-texts.js"
import { base64url, type FuzzKey, signatureOf } from "./keys.js"
import type { Core } from "./two-cores.js"

/** The clock of every gate. */
const now = 2_000_000_000

/** Gates of one config, by name, which have to decide alike. */
export type Gates = Readonly<Record<string, Authenticator>>

/** Each on Node and on Web Crypto, with caches of several sizes and with none. */
export function gatesOf(onNode: Core, portable: Core, keys: readonly FuzzKey[]): readonly Gates[] {
  return configs(keys).map((config) => {
    const gate = (core: Core, cache?: false | { maxEntries: number }) =>
      core.createAuthenticator(config, { now: () => now, ...(cache !== undefined && { cache }) })
    return {
      node: gate(onNode),
      "node, no cache": gate(onNode, false),
      "node, 2 tokens": gate(onNode, { maxEntries: 2 }),
      "web crypto": gate(portable),
      "web crypto, no cache": gate(portable, false),
    }
  })
}

const places = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["access_token"],
  from_cookies: ["session"],
}

const issuerOf = (key: number) => `c${key % 7}`

function configs(keys: readonly FuzzKey[]): readonly JwtAuthConfig[] {
  const jwks = (some: readonly FuzzKey[]) => ({ keys: some.map(({ jwk }) => jwk) })
  const consumers = keys.map((key, i) => ({
    ...{ name: `c${i}`, issuer: issuerOf(i), jwks: jwks([key]), allow_weak_hmac: true },
    ...(i % 3 === 0 && places),
    ...(i % 4 === 0 && { audiences: ["web"] }),
    ...(i % 5 === 0 && { types: ["at+jwt"], keep_token: false }),
    claims_to_headers: [{ claim: "sub", header: "X-Sub" }],
  }))
  const all = { name: "all", issuer: "all", jwks: jwks(keys), allow_weak_hmac: true, ...places }
  return [
    { global_auth: true, consumers },
    {
      global_auth: true,
      consumers: [all],
      rules: [{ match: { path: "/scoped" }, allow: ["all"], scopes: ["read"] }],
    },
    {
      global_auth: true,
      consumers: [all, ...consumers],
      rules: [{ match: { path: "/one" }, allow: ["c1"] }],
    },
  ]
}

const times = [undefined, now, now - 60, now - 61, now + 60, now + 61, now + 3600, "2000000000", -1, null]

/** Mostly of a consumer that has the key. */
function claims(key: number, dice: Dice): object {
  const chosen = {
    iss: dice.pick(dice.onceIn(6) ? ["c0", "c1", 5, "nobody"] : ["all", issuerOf(key)]),
    exp: dice.onceIn(8) ? dice.pick(times) : now + 3600,
    sub: dice.pick(["alice", "é", "\ufffd", "a\nb", 5, { deep: [1, { a: [] }] }]),
    ...(dice.onceIn(2) && { aud: dice.pick(["web", ["web"], ["x", "web"], ["web", 1], "x"]) }),
    ...(dice.onceIn(5) && { nbf: dice.pick(times), iat: dice.pick(times) }),
    ...(dice.onceIn(2) && { scope: dice.pick(["read", "write read", "", 1]) }),
  }
  return dice.onceIn(2) ? chosen : Object.fromEntries(Object.entries(chosen).reverse())
}

/** What was done, and the token. */
interface Made {
  readonly how: string
  readonly token: string
}

function token(keys: readonly FuzzKey[], dice: Dice): Made {
  const index = dice.below(keys.length)
  const key = keys[index] as FuzzKey
  const alg = dice.pick(key.algorithms)
  const head = {
    alg: dice.onceIn(30) ? dice.pick(["none", "HS256", "RS256", "ES256K", "EdDSA", 5]) : alg,
    ...(dice.onceIn(3) && { typ: dice.pick(["JWT", "at+jwt", "application/AT+JWT", 1]) }),
    ...(dice.onceIn(20) && { kid: dice.pick(["a", 5, ""]) }),
    ...(dice.onceIn(40) && { crit: ["exp"] }),
    ...(dice.onceIn(40) && { b64: true }),
  }
  const header = dice.onceIn(20) ? jsonBytes(dice) : JSON.stringify(head)
  const payload = dice.onceIn(10) ? jsonBytes(dice) : JSON.stringify(claims(index, dice))
  const text = `${base64url(header)}.${base64url(payload)}`
  const signature = signatureOf(key, alg, text)
  if (dice.onceIn(5)) {
    const bent = bentSignature({ key, alg, text, signature }, dice, keys)
    return { how: `signature: ${bent.how}`, token: `${text}.${base64url(bent.signature)}` }
  }
  return { how: "as it is", token: `${text}.${base64url(signature)}` }
}

function bentToken({ how, token }: Made, dice: Dice): Made {
  const segments = token.split(".")
  if (dice.onceIn(6)) {
    const swapped = segments.map(() => dice.pick(segments)).join(".")
    return { how: `${how}; segments exchanged`, token: swapped }
  }
  const at = dice.below(segments.length)
  const bent = bentText(segments[at] ?? "", dice)
  return { how: `${how}; segment ${at}: ${bent.how}`, token: segments.with(at, bent.text).join(".") }
}

/** A token whose header or payload is bent and then truly signed, by whoever has a key. */
function signedAsBent(keys: readonly FuzzKey[], dice: Dice): Made {
  const index = dice.below(keys.length)
  const key = keys[index] as FuzzKey
  const alg = dice.pick(key.algorithms)
  const segments = [{ alg }, claims(index, dice)].map((part) => base64url(JSON.stringify(part)))
  const at = dice.below(2)
  const bent = bentText(segments[at] ?? "", dice)
  const text = segments.with(at, bent.text).join(".")
  return {
    how: `segment ${at}, then signed: ${bent.how}`,
    token: `${text}.${base64url(signatureOf(key, alg, text))}`,
  }
}

function requestWith(token: string, dice: Dice): AuthRequest {
  const path = dice.pick(["/", "/scoped", "/one"])
  const asked = { method: "GET", host: "api.example.com", path, headers: {} }
  switch (dice.below(8)) {
    case 0:
      return { ...asked, headers: { cookie: `a=1; session=${token}` } }
    case 1:
      return { ...asked, path: `${path}?access_token=${token.replace(/[^\w.-]/gu, encode)}` }
    case 2:
      return { ...asked, headers: { "x-token": token } }
    default:
      return { ...asked, headers: { authorization: `Bearer ${token}` } }
  }
}

function encode(character: string): string {
  return /\p{Surrogate}/u.test(character) ? character : encodeURIComponent(character)
}

/** Requests; some tokens come again, which is what a cache is for. */
export function requestsOf(
  keys: readonly FuzzKey[],
  dice: Dice,
  count: number,
): readonly (Made & { request: AuthRequest })[] {
  const before: Made[] = []
  return Array.from({ length: count }, () => {
    const again = before.length > 0 && dice.onceIn(2) ? dice.pick(before) : undefined
    const made = again ?? (dice.onceIn(8) ? signedAsBent(keys, dice) : token(keys, dice))
    before.push(made)
    const bent = dice.onceIn(4) ? bentToken(made, dice) : made
    return { ...bent, request: requestWith(bent.token, dice) }
  })
}

/** One request, as every gate decides it: the whole decision, byte for byte. */
export async function compareDecisions(
  gates: Gates,
  { how, request }: Made & { request: AuthRequest },
): Promise<{ disagreement?: Disagreement; good: boolean }> {
  const saw: Record<string, string> = {}
  let good = false
  for (const [name, gate] of Object.entries(gates)) {
    const decision = await gate.decide(request)
    good = decision.outcome === "allow"
    saw[name] = written(decision)
  }
  if (new Set(Object.values(saw)).size === 1) return { good }
  return { good, disagreement: { about: "decisions", how, saw, input: { request } } }
}

/** With the token too, which no print of a decision shows. */
function written(decision: Decision): string {
  return JSON.stringify({ ...decision, ...(decision.outcome === "allow" && { token: decision.auth.token }) })
}
