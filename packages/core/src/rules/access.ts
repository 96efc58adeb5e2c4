import type { ConsumerSet } from "../config/policy.js"

/** What a request has to bring. */
export type Access = { readonly kind: "open" } | Guarded

export interface Guarded {
  readonly kind: "guarded"
  /** Whose tokens are looked for. */
  readonly consumers: ConsumerSet
  readonly allow: Names | "any"
  readonly optional: boolean
  readonly scopes: readonly string[]
  readonly reportOnly: boolean
}

/** Names of consumers: a set, or something that answers like one. */
export interface Names extends Iterable<string> {
  readonly size: number
  has(name: string): boolean
}

/** What satisfies all of these at once. Consumers of different lists cannot both be the caller: then nobody may. */
export function strictest(accesses: readonly Access[]): Access {
  const guarded = accesses.filter((access) => access.kind === "guarded")
  return guarded.length === 0 ? { kind: "open" } : guarded.reduce(both)
}

function both(one: Guarded, other: Guarded): Guarded {
  return {
    kind: "guarded",
    consumers: one.consumers,
    allow: one.consumers === other.consumers ? inBoth(one.allow, other.allow) : new Set(),
    optional: one.optional && other.optional,
    scopes: [...one.scopes, ...other.scopes],
    reportOnly: one.reportOnly && other.reportOnly,
  }
}

function inBoth(one: Guarded["allow"], other: Guarded["allow"]): Guarded["allow"] {
  if (one === "any") return other
  return other === "any" ? one : new Set([...one].filter((name) => other.has(name)))
}
