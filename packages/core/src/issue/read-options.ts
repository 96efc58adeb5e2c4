import { ConfigError, type ConfigIssue, error } from "../config/config-error.js"
import { translate } from "../config/shape-issues.js"
import { unknownField } from "../config/unknown-name.js"
import type { IssuerOptions } from "./create-issuer.js"
import { checkAudience, isText } from "./payload.js"
import { type IssuerKey, type ReadKey, readPublishedKey, readSigningKey } from "./read-key.js"

/** The keys of an issuer: the one that signs, and those that are only published. */
export interface IssuerKeys {
  readonly current: IssuerKey
  /** All that are published, in order: current, next, previous. */
  readonly published: readonly IssuerKey[]
}

const fields = [
  "issuer",
  "privateJwk",
  "expiresInSeconds",
  "audience",
  "type",
  "clock",
  "nextJwk",
  "previousJwk",
] as const satisfies readonly (keyof IssuerOptions)[]

/** Checks everything, and reports everything at once. */
export function readOptions(options: IssuerOptions, clock: () => number): IssuerKeys {
  const current = readSigningKey(options.privateJwk, "privateJwk")
  const others = (["nextJwk", "previousJwk"] as const)
    .filter((name) => options[name] !== undefined)
    .map((name) => ({ name, ...readPublishedKey(options[name], name) }))
  const issues = [
    ...Object.keys(options)
      .filter((name) => !fields.some((field) => field === name))
      .map((name) => unknownField(name, name, fields)),
    ...checkText(options, "issuer"),
    ...current.issues,
    ...checkLifetime(options),
    ...(options.audience === undefined ? [] : checkAudience(options.audience, "audience")),
    ...(options.type === undefined ? [] : checkText(options, "type")),
    ...(typeof clock === "function" ? checkTime(clock()) : [error("clock", "must be a function")]),
    ...others.flatMap((other) => other.issues),
    ...checkKids([{ name: "privateJwk", ...current }, ...others]),
  ]
  if (issues.length > 0 || current.key === undefined) throw new ConfigError(issues, "issuer")
  return { current: current.key, published: [current, ...others].flatMap(({ key }) => key ?? []) }
}

function checkText(options: IssuerOptions, name: "issuer" | "type"): ConfigIssue[] {
  const value: unknown = options[name]
  if (isText(value)) return []
  if (value === "") return [error(name, "is empty", "Give the text that verifiers expect.")]
  const issue = { code: "invalid_type", expected: "string", path: [name], message: "" }
  return translate(issue, options, () => [])
}

function checkLifetime({ expiresInSeconds: value }: IssuerOptions): ConfigIssue[] {
  if (Number.isSafeInteger(value) && value > 0) return []
  const message = value === undefined ? "is required" : "must be a whole number of 1 or more"
  return [error("expiresInSeconds", message, "Give the lifetime of a token in seconds, such as 600.")]
}

/** The year 5138, if seconds; in milliseconds it is past. A token dated by such a clock would not end. */
const tooLate = 1e11

/** Finds a clock that is broken, or ticks in milliseconds. */
export function checkTime(time: unknown): ConfigIssue[] {
  if (typeof time === "number" && Number.isFinite(time) && time < tooLate) return []
  const shown = typeof time === "number" ? time : "no number"
  return [
    error("clock", `must return the seconds since 1970, got ${shown}`, "Such as () => Date.now() / 1000."),
  ]
}

const kidFix =
  "Name the key: generateKey and jwt-auth jwks use its RFC 7638 thumbprint, calculateJwkThumbprint of jose."

/** The name in a token's header says which published key verifies it. A secret is not published. */
function checkKids(keys: readonly (ReadKey & { readonly name: string })[]): ConfigIssue[] {
  return keys.flatMap(({ name, key }, i) => {
    if (key === undefined) return []
    const path = `${name}.kid`
    if (key.kid === undefined) return key.members.kty === "oct" ? [] : [error(path, "is required", kidFix)]
    const same = keys.slice(0, i).find((earlier) => earlier.key?.kid === key.kid)
    if (same === undefined) return []
    return [error(path, `is also the kid of ${same.name}`, "Give every key a name of its own.")]
  })
}
