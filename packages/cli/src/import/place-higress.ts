import type { JwtAuthConfig, Rule } from "@jwt-auth/core"
import { isObject, valueAt } from "./gateway-source.js"
import type { ConfigPlace } from "./note-places.js"

const consumerPath =
  /^(?:\[\d+\]\.)?(?:items\[\d+\]\.)?(?:spec\.)?(?:(?:default|plugin)Config\.)?consumers\[(\d+)\]/
const rulePath =
  /^((?:\[\d+\]\.)?(?:items\[\d+\]\.)?(?:spec\.)?(?:(?:default|plugin)Config\.)?(?:_rules_|matchRules))\[(\d+)\]/

/** Consumers keep their places; rules keep their order, and some are left out. */
export function placesInHigress(
  source: unknown,
  { rules = [] }: JwtAuthConfig,
): (path: string) => ConfigPlace | undefined {
  const known = new Map<string, readonly (number | undefined)[]>()
  return (path) => {
    const consumer = consumerPath.exec(path)?.[1]
    if (consumer !== undefined) return { list: "consumers", index: Number(consumer) }
    const [, list, index] = rulePath.exec(path) ?? []
    if (list === undefined) return undefined
    const places = known.get(list) ?? pair(valueAt(source, list), rules)
    known.set(list, places)
    const place = places[Number(index)]
    return place === undefined ? undefined : { list: "rules", index: place }
  }
}

/** For each rule of the source the one that it became: the next that is about the same requests. */
function pair(sources: unknown, rules: readonly Rule[]): readonly (number | undefined)[] {
  let next = 0
  return (Array.isArray(sources) ? sources : []).map((source: unknown) => {
    const rule = rules[next]
    return rule !== undefined && isObject(source) && isSame(source, rule) ? next++ : undefined
  })
}

function isSame(source: Readonly<Record<string, unknown>>, { match, ...rule }: Rule): boolean {
  const settings = isObject(source["config"]) ? source["config"] : source
  const key = (there: string, inside: string) => texts(source[there] ?? settings[inside])
  const isOpen = String(settings["_disable_"]) === "true"
  if (isOpen !== (rule.public === true) || key("service", "_match_service_").length > 0) return false
  const routes = key("ingress", "_match_route_")
  if (routes.length > 0) return isSameList(routes, texts(match.route))
  if (texts(settings["_match_route_prefix_"]).length > 0 || match.domain === undefined) return false
  return isSameList(key("domain", "_match_domain_").map(withoutStar), texts(match.domain).map(withoutStar))
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  const sorted = (texts: readonly string[]) => JSON.stringify([...new Set(texts)].toSorted())
  return sorted(one) === sorted(other)
}

/** `*example.com` has become `example.com` and `*.example.com`. */
function withoutStar(domain: string): string {
  return domain.replace(/^\*\.?|\.?\*$/g, "")
}

function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value]
  return Array.isArray(value) ? value.map(String) : []
}
