import { compileDomain, type DomainPattern, domainIncludes } from "../../rules/match-domain.js"

/** A host pattern of the gateway in the terms of this library. */
export interface HostPattern {
  /** The patterns that match nothing but what the gateway's matches. */
  readonly certain: readonly string[]
  /** Where they do not match all of it: the narrowest pattern that does. */
  readonly widest?: string
}

const hostName = /^[\w-]+(?:\.[\w-]+)*$/

/**
 * The gateway compares texts: `*x` is every host that ends in `x`, dot or not, and `x*` every host that begins with it.
 * Undefined for a pattern that no host can match there (a port, a star elsewhere), or that is none here.
 */
export function readHostPattern(text: string): HostPattern | undefined {
  if (text === "*") return { certain: ["*"] }
  if (text.startsWith("*.")) return hostName.test(text.slice(2)) ? { certain: [text] } : undefined
  if (text.endsWith(".*")) return hostName.test(text.slice(0, -2)) ? { certain: [text] } : undefined
  if (text.startsWith("*")) return readEnding(text.slice(1))
  if (text.endsWith("*")) return readBeginning(text.slice(0, -1))
  return !text.endsWith(".") && compileDomain(text) !== undefined ? { certain: [text] } : undefined
}

function readEnding(ending: string): HostPattern | undefined {
  if (!hostName.test(ending)) return undefined
  const dot = ending.indexOf(".")
  return { certain: [ending, `*.${ending}`], widest: dot === -1 ? "*" : `*${ending.slice(dot)}` }
}

function readBeginning(beginning: string): HostPattern | undefined {
  if (!hostName.test(beginning)) return undefined
  const dot = beginning.lastIndexOf(".")
  return { certain: [beginning, `${beginning}.*`], widest: `${beginning.slice(0, dot + 1)}*` }
}

/** True when some host matches both. */
export function hostsOverlap(one: string, other: string): boolean {
  const [a, b] = [compileDomain(one), compileDomain(other)]
  return a !== undefined && b !== undefined && (domainIncludes(a, b) || domainIncludes(b, a) || areEnds(a, b))
}

/** A beginning and an ending always meet in a host long enough. */
function areEnds(a: DomainPattern, b: DomainPattern): boolean {
  return (a.kind === "prefix" && b.kind === "suffix") || (a.kind === "suffix" && b.kind === "prefix")
}
