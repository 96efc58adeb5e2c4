import { didYouMean } from "../../config/did-you-mean.js"
import type { ParsedRule } from "../../config/parse.js"
import type { AuthRequest } from "../../decision.js"
import { readPath } from "../../rules/canonical-path.js"
import { readHost } from "../../rules/match-domain.js"
import { type RulePattern, several } from "../../rules/rule-pattern.js"
import { listed, show } from "../show.js"
import { nearDomain } from "./near-domain.js"
import { nearPath, pathSegments } from "./near-path.js"

/** What is compared with the fields of a rule's match, read once for all rules. */
export interface Sent {
  /** Undefined for a path that can be read in several ways. */
  readonly segments: readonly string[] | undefined
  readonly host: string
  readonly method: string
  readonly route: string | undefined
}

export function sentIn({ path: target, host, method, route }: AuthRequest): Sent {
  const path = readPath(target)
  return {
    segments: path.ambiguous ? undefined : pathSegments(path.canonical),
    host: readHost(host).name,
    method: method.toUpperCase(),
    route,
  }
}

/** In what the request differs from a match whose other fields hold, and what to do. Completes `rules[0] …`. */
export function nearField(
  field: keyof RulePattern,
  match: ParsedRule["match"],
  { segments, host, method, route }: Sent,
): string | undefined {
  switch (field) {
    case "paths":
      return segments && firstOf(match.path, (pattern) => nearPath(pattern, segments))
    case "domains":
      return firstOf(match.domain, (pattern) => nearDomain(pattern, host))
    case "methods": {
      const methods = several(match.method ?? []).map((one) => one.toUpperCase())
      return `matches but for the method: it is for ${listed(methods)}, and this request is ${show(method)}`
    }
    case "routes":
      return route === undefined ? undefined : nearRoute(route, several(match.route ?? []))
  }
}

function nearRoute(route: string, wanted: readonly string[]): string | undefined {
  const meant = didYouMean(route, wanted)
  return meant === undefined
    ? undefined
    : `is for the route ${show(meant)}, and the code calls this one ${show(route)}. Write it alike in both, if both are meant to be the same`
}

function firstOf<T>(
  patterns: string | readonly string[] = [],
  find: (pattern: string) => T | undefined,
): T | undefined {
  for (const pattern of several(patterns)) {
    const found = find(pattern)
    if (found !== undefined) return found
  }
  return undefined
}
