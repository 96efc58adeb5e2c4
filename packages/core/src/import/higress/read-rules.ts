import type { Consumer } from "../../config/document.js"
import { joinPath } from "../../config/shape-issues.js"
import { unknownConsumer } from "../../config/unknown-name.js"
import type { Findings } from "../findings.js"
import { noteEnableHeaders } from "./gateway-differences.js"
import { readConsumers } from "./read-consumers.js"
import { type Reach, readMatch } from "./read-match.js"
import { matchKeys, type RuleSource } from "./read-plugin.js"
import {
  type Fields,
  fieldOf,
  isGiven,
  noteUnknown,
  quoted,
  readFields,
  readFlag,
  readTexts,
} from "./source-values.js"

/** A rule of the gateway in the terms of this library. */
export interface GatewayRule {
  readonly path: string
  readonly reach: Reach
  /** Absent: the rule asks for no token. */
  readonly guard?: Guard
}

/** Who may call: consumers by name, or the rule's own. */
export type Guard = { readonly allow: readonly string[] } | { readonly consumers: readonly Consumer[] }

export interface RuleContext {
  readonly globalAuth: boolean | undefined
  /** The names of the global consumers. */
  readonly names: ReadonlySet<string>
}

const ruleFields = ["allow", "consumers", "enable_headers", "_disable_", ...Object.values(matchKeys)]

/** Reads one rule; undefined when it has been refused. */
export function readRule(rule: RuleSource, context: RuleContext, found: Findings): GatewayRule | undefined {
  const { path } = rule.settings
  const before = found.issues.length
  const settings = readFields(rule.settings.value ?? null, path, found)
  if (settings === undefined) return undefined
  noteUnknown(settings, path, ruleFields, found)
  const disabled = readFlag(fieldOf(settings, "_disable_"), joinPath(path, "_disable_"), found) === true
  noteEnableHeaders(settings, path, found)
  const guard = disabled ? undefined : readGuard(settings, path, context, found)
  if (disabled) noteIdle(settings, path, found)
  const reach = readMatch(rule, found)
  if (reach === undefined || found.issues.length > before) return undefined
  return { path: rule.path, reach, ...(guard !== undefined && { guard }) }
}

function noteIdle(settings: Fields, path: string, found: Findings): void {
  for (const name of ["allow", "consumers"].filter((name) => isGiven(settings, name))) {
    found.info(joinPath(path, name), "not looked at beside _disable_: true", "left out; the rule is public")
  }
}

function readGuard(settings: Fields, path: string, context: RuleContext, found: Findings): Guard | undefined {
  const at = joinPath(path, "allow")
  const allow = readTexts(fieldOf(settings, "allow"), at, found)
  if (allow?.length === 0) {
    found.error(at, "is empty, which denies everybody", "Name who may call, or block the route elsewhere.")
    return undefined
  }
  if (isGiven(settings, "consumers")) return readOwnConsumers(settings, path, allow, context, found)
  if (allow === undefined) {
    if (isGiven(settings, "allow")) return undefined
    found.error(path, "has no allow, which denies everybody", "Add allow: the names of those who may call.")
    return undefined
  }
  checkNames(allow, at, context.names, found)
  return { allow }
}

/** The gateway does not compare the rule's own consumers with `allow`, nor ask for them while `global_auth` is false. */
function readOwnConsumers(
  settings: Fields,
  path: string,
  allow: readonly string[] | undefined,
  { globalAuth }: RuleContext,
  found: Findings,
): Guard {
  const at = joinPath(path, "consumers")
  const { consumers, names } = readConsumers(fieldOf(settings, "consumers"), at, found)
  if (globalAuth === false) {
    const here = "asks for a token of these consumers"
    found.differs(at, "no token is asked for, since global_auth is false", here)
  }
  if (allow === undefined) return { consumers }
  const allowPath = joinPath(path, "allow")
  checkNames(allow, allowPath, names, found)
  const there = "not looked at beside consumers of the rule's own: each of them may call"
  found.differs(allowPath, there, `of the rule's consumers only ${quoted(allow)}`)
  return { consumers: consumers.filter(({ name }) => allow.includes(name)) }
}

function checkNames(
  allow: readonly string[],
  path: string,
  names: ReadonlySet<string>,
  found: Findings,
): void {
  // Without any name, the consumers themselves have been refused.
  if (names.size === 0) return
  allow.forEach((name, i) => {
    if (names.has(name)) return
    const { message, fix = "" } = unknownConsumer(name, `${path}[${i}]`, [...names])
    found.error(`${path}[${i}]`, message, fix)
  })
}
