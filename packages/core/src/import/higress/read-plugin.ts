import { joinPath } from "../../config/shape-issues.js"
import type { Findings } from "../findings.js"
import {
  type Fields,
  fieldOf,
  isFields,
  isGiven,
  noteUnknown,
  readFields,
  readFlag,
  readList,
} from "./source-values.js"

/** A value and where it stands in the source. */
export interface Located {
  readonly path: string
  readonly value: unknown
}

/** What a rule is about may be said by its route's name, the start of it, the host, or the service behind it. */
export type MatchKey = "route" | "prefix" | "domain" | "service"

/** A rule, whose parts stand together in a config and apart in a resource. */
export interface RuleSource {
  readonly path: string
  /** The settings, which may hold match keys as well. */
  readonly settings: Located
  readonly match: Readonly<Record<MatchKey, Located>>
}

/** The config that reaches the plugin. */
export interface PluginSource {
  readonly path: string
  readonly settings: Fields
  readonly rules: readonly RuleSource[]
}

/** The match keys as a config spells them. */
export const matchKeys: Readonly<Record<MatchKey, string>> = {
  route: "_match_route_",
  prefix: "_match_route_prefix_",
  domain: "_match_domain_",
  service: "_match_service_",
}

const configFields = ["pluginConfig", "defaultConfig", "defaultConfigDisable", "matchRules"]
/** How the resource is deployed: nothing that a request meets. */
const deploymentFields =
  "url sha256 imagePullPolicy imagePullSecret verificationKey pluginName phase priority failStrategy vmConfig type"
/** Which part of the traffic meets the plugin. */
const selectionFields = ["selector", "match", "targetRef", "targetRefs"]

/** Takes a WasmPlugin resource apart as the gateway's controller does, or a config as it is. */
export function readPlugin(fields: Fields, path: string, found: Findings): PluginSource | undefined {
  if (fieldOf(fields, "kind") === "WasmPlugin" || isGiven(fields, "spec")) {
    const at = joinPath(path, "spec")
    if (!isGiven(fields, "spec")) found.error(at, "is required", "It has defaultConfig and matchRules.")
    for (const name of ["consumers", "global_auth", "_rules_", "allow"].filter((name) =>
      isGiven(fields, name),
    )) {
      found.lost(joinPath(path, name), "not looked at beside spec", "left out as well")
    }
    const spec = readFields(fieldOf(fields, "spec"), at, found)
    return spec && readSpec(spec, at, found)
  }
  if (configFields.some((name) => isGiven(fields, name))) return readSpec(fields, path, found)
  return { path, settings: fields, rules: rulesIn(fields, path, found) }
}

function readSpec(spec: Fields, path: string, found: Findings): PluginSource | undefined {
  noteUnknown(spec, path, [...configFields, ...deploymentFields.split(" "), ...selectionFields], found)
  for (const name of selectionFields.filter((name) => isGiven(spec, name))) {
    const there = "chooses the traffic that meets the plugin"
    found.differs(joinPath(path, name), there, "every request that the app hands over is decided")
  }
  if (fieldOf(spec, "pluginConfig") === undefined) return readDefaults(spec, path, found)
  for (const name of configFields.slice(1).filter((name) => isGiven(spec, name))) {
    found.lost(joinPath(path, name), "not looked at beside pluginConfig", "left out as well")
  }
  const at = joinPath(path, "pluginConfig")
  const settings = readFields(fieldOf(spec, "pluginConfig"), at, found)
  return settings && { path: at, settings, rules: rulesIn(settings, at, found) }
}

function readDefaults(spec: Fields, path: string, found: Findings): PluginSource | undefined {
  const at = joinPath(path, "defaultConfig")
  const disable = joinPath(path, "defaultConfigDisable")
  if (readFlag(fieldOf(spec, "defaultConfigDisable"), disable, found) === true) {
    const message = "leaves the rules without consumers, and then the gateway asks for no token"
    found.error(disable, message, "Remove it.")
    return undefined
  }
  const settings = readFields(fieldOf(spec, "defaultConfig") ?? {}, at, found)
  if (settings === undefined) return undefined
  const matchRules = matchRulesIn(spec, path, found)
  if (matchRules.length === 0) return { path: at, settings, rules: rulesIn(settings, at, found) }
  if (isGiven(settings, "_rules_"))
    found.lost(joinPath(at, "_rules_"), "not looked at beside matchRules", "left out as well")
  return { path: at, settings, rules: matchRules }
}

function rulesIn(settings: Fields, path: string, found: Findings): readonly RuleSource[] {
  const at = joinPath(path, "_rules_")
  return (readList(fieldOf(settings, "_rules_"), at, found) ?? []).map((value, i) => {
    const rule = { path: `${at}[${i}]`, value }
    return { path: rule.path, settings: rule, match: keysIn(rule) }
  })
}

function keysIn({ path, value }: Located): RuleSource["match"] {
  const key = (name: string): Located => ({
    path: joinPath(path, name),
    value: isFields(value) ? fieldOf(value, name) : undefined,
  })
  const { route, prefix, domain, service } = matchKeys
  return { route: key(route), prefix: key(prefix), domain: key(domain), service: key(service) }
}

const ruleFields = ["ingress", "domain", "service", "config", "configDisable"]

function matchRulesIn(spec: Fields, path: string, found: Findings): readonly RuleSource[] {
  const at = joinPath(path, "matchRules")
  return (readList(fieldOf(spec, "matchRules"), at, found) ?? []).flatMap((value, i): RuleSource[] => {
    const rule = `${at}[${i}]`
    const fields = isFields(value) ? value : {}
    if (!isFields(value)) found.error(rule, "must be an object", "Give it ingress or domain, and config.")
    noteUnknown(fields, rule, ruleFields, found)
    if (readFlag(fieldOf(fields, "configDisable"), joinPath(rule, "configDisable"), found) === true) {
      found.info(rule, "switched off, as if it were not there", "left out")
      return []
    }
    const settings = { path: joinPath(rule, "config"), value: fieldOf(fields, "config") ?? {} }
    const inside = keysIn(settings)
    const key = (name: string, otherwise: Located): Located =>
      isGiven(fields, name) ? { path: joinPath(rule, name), value: fieldOf(fields, name) } : otherwise
    const match = {
      route: key("ingress", inside.route),
      prefix: inside.prefix,
      domain: key("domain", inside.domain),
      service: key("service", inside.service),
    }
    return [{ path: rule, settings, match }]
  })
}
