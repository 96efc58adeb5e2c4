import type { RuleMatch } from "../../config/document.js"
import type { Findings } from "../findings.js"
import { type HostPattern, hostsOverlap, readHostPattern } from "./domain-pattern.js"
import { type MatchKey, matchKeys, type RuleSource } from "./read-plugin.js"
import { quoted, readTexts } from "./source-values.js"

/** Which requests a rule is about, as far as it can be said here. */
export interface Reach {
  /** Requests that are surely the rule's. Absent when nothing can be said for sure. */
  readonly certain?: RuleMatch
  /** Beyond those, requests among which the rule's may be. */
  readonly doubtful?: RuleMatch
  /** The keys and patterns for which that is so. */
  readonly unsaid: readonly Unsaid[]
}

export interface Unsaid {
  readonly path: string
  /** What the pattern means there. */
  readonly there: string
  /** `invisible`: the gateway's own knowledge. `inexact`: a pattern that this config does not have. */
  readonly why: "invisible" | "inexact"
}

type Given = Readonly<Record<MatchKey, readonly string[]>>

/** Reads the match keys of a rule; undefined when they have been refused. */
export function readMatch(rule: RuleSource, found: Findings): Reach | undefined {
  const before = found.issues.length
  const read = (key: MatchKey) => readTexts(rule.match[key].value, rule.match[key].path, found) ?? []
  const given: Given = {
    route: read("route"),
    prefix: read("prefix"),
    domain: read("domain"),
    service: read("service"),
  }
  if (found.issues.length > before) return undefined
  const isGiven = (key: MatchKey) => given[key].length > 0
  const keys = decidingKeys(isGiven)
  if (keys.length === 0) {
    found.error(rule.path, "names no requests", "Say which it is about: routes or domains.")
    return undefined
  }
  for (const key of (["route", "prefix", "domain", "service"] as const).filter(isGiven)) {
    if (keys.includes(key)) continue
    const there = `not looked at beside ${keys.map((deciding) => matchKeys[deciding]).join(" and ")}`
    found.differs(rule.match[key].path, there, "not looked at either; two rules would say what both mean")
  }
  return keys.includes("domain") ? readDomains(rule, given, found) : readNames(rule, given, keys, found)
}

/** The keys that the plugin compares: the others of the same rule have no effect. */
function decidingKeys(isGiven: (key: MatchKey) => boolean): readonly MatchKey[] {
  if (isGiven("route")) return isGiven("service") ? ["route", "service"] : ["route"]
  if (isGiven("prefix")) return ["prefix"]
  if (isGiven("service")) return ["service"]
  return isGiven("domain") ? ["domain"] : []
}

function readNames(rule: RuleSource, given: Given, keys: readonly MatchKey[], found: Findings): Reach {
  const { route } = given
  if (keys.includes("route")) {
    const named = route.map((name) => `auth.route(${JSON.stringify(name)})`).join(", ")
    const here = `for requests that the app names so, with ${named}; the rule does not apply to others`
    found.differs(rule.match.route.path, `for the gateway's routes ${quoted(route)}`, here)
  }
  if (keys.length === 1 && keys[0] === "route") return { certain: { route }, unsaid: [] }
  const unsaid = keys.flatMap((key): Unsaid[] => {
    const subject = key === "prefix" ? "routes whose names begin with" : "requests to the services"
    const there = `for ${subject} ${quoted(given[key])}`
    return key === "route" ? [] : [{ path: rule.match[key].path, there, why: "invisible" }]
  })
  return { doubtful: keys.includes("route") ? { route } : {}, unsaid }
}

function readDomains({ match }: RuleSource, { domain }: Given, found: Findings): Reach | undefined {
  const certain: string[] = []
  const widest: string[] = []
  const unsaid: Unsaid[] = []
  for (const [i, text] of domain.entries()) {
    const path = `${match.domain.path}[${i}]`
    const host = readDomain(text, path, found)
    if (host === undefined) continue
    certain.push(...host.certain)
    if (host.widest === undefined) continue
    widest.push(host.widest)
    const end = text.startsWith("*")
      ? `ends in ${quoted([text.slice(1)])}`
      : `begins with ${quoted([text.slice(0, -1)])}`
    unsaid.push({ path, there: `for every host that ${end}, with or without a dot between`, why: "inexact" })
  }
  if (certain.length === 0) return undefined
  const wide = { domain: [...new Set(widest)] }
  const doubtful = widest.includes("*") ? {} : wide
  return { certain: { domain: [...new Set(certain)] }, ...(widest.length > 0 && { doubtful }), unsaid }
}

function readDomain(text: string, path: string, found: Findings): HostPattern | undefined {
  const host = readHostPattern(text)
  if (host !== undefined && text === text.toLowerCase()) return host
  if (host !== undefined) {
    const message = `${JSON.stringify(text)} has capitals, and is compared letter by letter there`
    found.error(path, message, "Write it in small letters; here it is then about every spelling.")
  } else {
    const message = `${JSON.stringify(text)} is a host that no request has there`
    found.error(path, message, "Write api.example.com, *.example.com, api.* or *, without scheme and port.")
  }
  return undefined
}

/** False when surely no request is among both. */
export function mayOverlap(one: RuleMatch, other: RuleMatch): boolean {
  const hosts = (match: RuleMatch) => listOf(match.domain)
  const routes = (match: RuleMatch) => listOf(match.route)
  if (one.domain !== undefined && other.domain !== undefined)
    return hosts(one).some((host) => hosts(other).some((pattern) => hostsOverlap(host, pattern)))
  if (one.route !== undefined && other.route !== undefined)
    return routes(one).some((name) => routes(other).includes(name))
  return true
}

export function listOf(value: string | readonly string[] = []): readonly string[] {
  return typeof value === "string" ? [value] : value
}
