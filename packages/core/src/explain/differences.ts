import { algorithms } from "../config/key-algorithms.js"
import type { PolicyKey } from "../config/policy-key.js"
import { maxTokenBytes } from "../extract/header-token.js"
import { ownValue } from "../own-value.js"
import type { Reason } from "../reasons.js"
import { isNamed } from "../verify/keys.js"
import type { Difference, Finding } from "./finding.js"
import { placeWithPrefix } from "./place-name.js"
import { listed, printable, show } from "./show.js"
import { timeDifference } from "./time-difference.js"

/** What would have passed and what was there instead, for each reason. */
export const differences: Readonly<Record<Reason, (finding: Finding) => Difference | undefined>> = {
  token_missing: ({ consumer }) => ({
    expected: `a token in ${listed(consumer.places.map(placeWithPrefix))}`,
    actual: "none",
  }),
  token_malformed: (finding) => (finding.step === "time" ? timeDifference(finding) : formDifference(finding)),
  crit_unsupported: ({ reading }) => ({
    expected: "a header without crit and b64",
    actual: listed(
      ["crit", "b64"].filter((name) => reading?.header && Object.hasOwn(reading.header, name)),
      "and",
    ),
  }),
  alg_unsupported: ({ reading }) => ({
    expected: `alg ${listed(algorithms, "or", algorithms.length)}`,
    actual: named("alg", reading?.header?.["alg"]),
  }),
  claim_missing: claimDifference,
  claim_mismatch: claimDifference,
  type_mismatch: ({ consumer, jws }) => ({
    expected: `typ ${listed([...(consumer.types ?? [])].map(show))}`,
    actual: named("typ", jws?.header.typ),
  }),
  alg_not_allowed: ({ consumer, jws }) => ({
    expected: `alg ${algorithmsOf(consumer.keys)}`,
    actual: named("alg", jws?.header.alg),
  }),
  kid_unknown: ({ consumer, jws }) => ({
    expected: `kid ${listed(consumer.keys.map(({ jwk }) => show(jwk.kid)))}`,
    actual: named("kid", jws?.header.kid),
  }),
  no_fitting_key: ({ consumer, jws }) => ({
    expected: `alg ${algorithmsOf(keysFor(consumer.keys, jws?.header.kid))}`,
    actual: `${named("alg", jws?.header.alg)} with kid ${show(jws?.header.kid)}`,
  }),
  signature_invalid: ({ consumer, jws }) => ({
    expected: `a signature by ${keyNames(keysFor(consumer.keys, jws?.header.kid))}`,
    actual: "one by another key, or over another text",
  }),
  exp_missing: timeDifference,
  expired: timeDifference,
  not_yet_valid: timeDifference,
  issued_in_future: timeDifference,
  audience_mismatch: ({ consumer, jws, showClaim }) => ({
    expected: `aud ${listed([...(consumer.audiences ?? [])].map(show))}`,
    actual: named("aud", jws?.claims.aud, showClaim),
  }),
  consumer_not_allowed: ({ access, consumer }) => ({
    expected: access.allow === "any" ? "any" : listed([...access.allow].map(printable)) || "nobody",
    actual: consumer.name,
  }),
  scope_missing: ({ access, jws, showClaim }) => ({
    expected: `all of ${listed(access.scopes.map(show), "and")}`,
    actual: listed(
      (["scope", "scp"] as const).map((name) => named(name, jws?.claims[name], showClaim)),
      "and",
    ),
  }),
  revoked: () => undefined,
  keys_unavailable: () => undefined,
}

function named(name: string, value: unknown, showValue = show): string {
  return value === undefined ? `no ${name}` : `${name} ${showValue(value)}`
}

/** A token over the limit is not looked at: it is as long as its sender likes, and there may be many consumers. */
function formDifference({ reading }: Finding): Difference {
  const token = reading?.found.token ?? ""
  const parts = token.length > maxTokenBytes ? 0 : token.split(".").length
  const counted = parts === 0 ? "" : `${parts} ${parts === 1 ? "part" : "parts"}, `
  return {
    expected: `header.payload.signature, each in base64url, at most ${maxTokenBytes} bytes`,
    actual: `${counted}${token.length} characters`,
  }
}

/** The first claim that keeps the token from being this consumer's. */
function claimDifference({ consumer, jws, showClaim }: Finding): Difference | undefined {
  const values = jws?.claims ?? {}
  const wrong = consumer.claims.find(([name, value]) => ownValue(values, name) !== value)
  if (wrong === undefined) return undefined
  const [name, value] = wrong
  const actual = named(printable(name), ownValue(values, name), showClaim)
  return { expected: `${printable(name)} ${show(value)}`, actual }
}

function algorithmsOf(keys: readonly PolicyKey[]): string {
  return listed([...new Set(keys.flatMap(({ algorithms }) => algorithms))]) || "of no key"
}

/** The keys that a token with this `kid` may be verified by. */
export function keysFor(keys: readonly PolicyKey[], kid: string | undefined): readonly PolicyKey[] {
  return keys.filter(({ jwk }) => isNamed(jwk.kid, kid))
}

function keyNames(keys: readonly PolicyKey[]): string {
  const names = keys.map(({ jwk }) => (jwk.kid === undefined ? "a key without kid" : `key ${show(jwk.kid)}`))
  return listed([...new Set(names)])
}
