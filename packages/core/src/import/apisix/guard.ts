import type { Findings } from "../findings.js"
import { at, field, isObject, type Source } from "./fields.js"
import { kindOfPlugin } from "./known-plugins.js"
import { isSameSettings, type JwtAuthPlugin, readJwtAuth } from "./plugin-settings.js"
import { type Restriction, readRestriction } from "./restriction.js"

/** What the plugins of a route say about who may call it. */
export interface Guard {
  readonly jwtAuth?: JwtAuthPlugin
  readonly restrictions: readonly Restriction[]
  /** True when a plugin that this import knows nothing of decides who may call, or may do so. */
  readonly hasOther: boolean
  /** True when nobody may call: what decides who may is not `jwt-auth`. */
  readonly isClosed: boolean
}

/** The plugins in force, by name, each where it stands in the source. */
export type Plugins = ReadonlyMap<string, Source>

/** Reads the plugins that decide who may call, and tells of the others. */
export function readGuard(plugins: Plugins, findings: Findings): Guard {
  const isOn = (source: Source | undefined): source is Source =>
    source !== undefined && readMeta(source, findings)
  const single = plugins.get("jwt-auth")
  const multi = plugins.get("multi-auth")
  const source = isOn(single) ? single : isOn(multi) ? jwtAuthAmong(multi, findings) : undefined
  const jwtAuth = source === undefined ? undefined : readJwtAuth(source, findings)
  const restriction = plugins.get("consumer-restriction")
  const restrictions = isOn(restriction) ? readRestriction(restriction, findings) : undefined
  // Each of the two plugins has to be satisfied there.
  const hasBoth = isOn(single) && isOn(multi)
  if (hasBoth) {
    const here = "Not carried over: the token of jwt-auth is enough."
    findings.lost(multi.path, "One of several ways to say who is calling, besides jwt-auth.", here)
  }
  const others = noteOthers(plugins, jwtAuth !== undefined, findings)
  const hasOther = hasBoth || (isOn(multi) && source === undefined) || others
  return {
    ...(jwtAuth !== undefined && { jwtAuth }),
    restrictions: restrictions === undefined ? [] : [restrictions],
    hasOther,
    isClosed: hasOther && jwtAuth === undefined,
  }
}

/** What a request must satisfy that two layers guard, such as a global rule and a route. */
export function bothGuards(one: Guard, other: Guard, findings: Findings): Guard {
  const common: Guard = {
    restrictions: [...one.restrictions, ...other.restrictions],
    hasOther: one.hasOther || other.hasOther,
    isClosed: one.isClosed || other.isClosed,
  }
  const jwtAuth = one.jwtAuth ?? other.jwtAuth
  if (jwtAuth === undefined) return common
  if (one.jwtAuth === undefined || other.jwtAuth === undefined) return { ...common, jwtAuth }
  const both = bothPlugins(one.jwtAuth, other.jwtAuth)
  if (both !== undefined) return { ...common, jwtAuth: both }
  const there = `A token for this and one for ${one.jwtAuth.path}, each found or read in its own way.`
  findings.lost(other.jwtAuth.path, there, "Nobody may call. Keep one of the two, or make them alike.")
  return { ...common, jwtAuth, isClosed: true }
}

/** What satisfies both; nothing does when they do not look at the same token and claim. */
function bothPlugins(one: JwtAuthPlugin, other: JwtAuthPlugin): JwtAuthPlugin | undefined {
  const settings = {
    ...one.settings,
    hideCredentials: one.settings.hideCredentials || other.settings.hideCredentials,
    requireExp: one.settings.requireExp || other.settings.requireExp,
  }
  const { hideCredentials, requireExp } = settings
  if (!isSameSettings(settings, { ...other.settings, hideCredentials, requireExp })) return undefined
  const { anonymous, ...required } = { ...one, settings }
  return anonymous === undefined || other.anonymous === undefined ? required : { ...required, anonymous }
}

/** Whether the plugin runs; what else its `_meta` says is told. */
function readMeta(source: Source, findings: Findings): boolean {
  const fields = field(source, "_meta")
  if (!isObject(fields)) return true
  const meta = { path: at(source, "_meta"), fields }
  if (fields["disable"] === true) {
    findings.info(at(meta, "disable"), "The plugin is off.", "As if it were not there.")
    return false
  }
  for (const name of Object.keys(fields)) {
    if (name === "disable") continue
    if (name === "error_response") {
      const here = "The bodies of this library, unless onDeny says otherwise."
      findings.differs(at(meta, name), "Replaces the body of a refusal.", here)
    } else if (name === "priority") {
      findings.differs(at(meta, name), "Orders the plugins.", "Authentication first, then who may call.")
    } else if (name === "filter") {
      findings.lost(at(meta, name), "The plugin runs for some requests only.", "It applies to all of them.")
    } else findings.lost(at(meta, name), "A field that this import does not know.", "Not carried over.")
  }
  return true
}

function jwtAuthAmong(multi: Source, findings: Findings): Source | undefined {
  const path = at(multi, "auth_plugins")
  const list = field(multi, "auth_plugins")
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  const i = items.findIndex((item) => isObject(item) && isObject(item["jwt-auth"]))
  const item = items[i]
  if (!isObject(item) || !isObject(item["jwt-auth"])) {
    findings.lost(path, "Other ways than a token to say who is calling.", "Nobody may call.")
    return undefined
  }
  if (items.length > 1) {
    const here = "A token only: whoever calls in one of the other ways is refused."
    findings.differs(path, "One of several ways to say who is calling is enough.", here)
  }
  return { path: `${path}[${i}].jwt-auth`, fields: item["jwt-auth"] }
}

const readHere = ["jwt-auth", "multi-auth", "consumer-restriction"]

/** Returns true when one of the others decides who may call, or may do so. */
function noteOthers(plugins: Plugins, hasJwtAuth: boolean, findings: Findings): boolean {
  let guards = false
  for (const [name, source] of plugins) {
    if (readHere.includes(name) || isOff(source)) continue
    const kind = kindOfPlugin(name)
    if (kind === "guards") guards = true
    if (name === "cors") {
      const here = "Needs a token. Put a CORS middleware first, or set bypass_cors_preflight: true."
      findings.differs(source.path, "OPTIONS is answered before authentication.", here)
    } else if (kind === "shapes") {
      findings.info(source.path, "A plugin that does not decide who may call.", "Not carried over.")
    } else if (kind === "limits") {
      findings.lost(source.path, "A plugin that refuses some requests.", "Not carried over.")
    } else {
      const here = hasJwtAuth ? "Not carried over: a token is enough." : "Nobody may call."
      findings.lost(source.path, "A plugin that decides who may call, or may do so.", here)
    }
  }
  return guards
}

function isOff({ fields }: Source): boolean {
  return isObject(fields["_meta"]) && fields["_meta"]["disable"] === true
}
