import type { Findings } from "../findings.js"
import { type Entry, entriesOf } from "./entries.js"
import {
  at,
  bookkeeping,
  field,
  isObject,
  noteUnknown,
  readObject,
  readSome,
  readText,
  type Source,
} from "./fields.js"
import { bothGuards, type Guard, type Plugins, readGuard } from "./guard.js"

/** What a route may take plugins from. */
export interface Layers {
  /** Of the whole gateway: these apply as well as those of the route. */
  readonly everywhere: Guard
  /** Applies where nothing more particular does. */
  readonly base: Plugins
  readonly services: ReadonlyMap<string, Entry>
  readonly pluginConfigs: ReadonlyMap<string, Entry>
}

export interface LayerSource {
  readonly plugin?: unknown
  readonly services?: unknown
  readonly plugin_configs?: unknown
  readonly global_rules?: unknown
  readonly routes?: unknown
}

export function readLayers(source: LayerSource, findings: Findings): Layers {
  const rules = knownEntries(source.global_rules, "global_rules", ["plugins"], findings)
  const guards = rules.map((rule) => readGuard(pluginsOf(rule, findings), findings))
  const none: Guard = { restrictions: [], hasOther: false, isClosed: false }
  const everywhere = guards.reduce((one, other) => bothGuards(one, other, findings), none)
  const services = knownEntries(source.services, "services", ofServices, findings)
  const pluginConfigs = knownEntries(source.plugin_configs, "plugin_configs", ["plugins"], findings)
  if (source.routes === undefined) noteUnused([...services, ...pluginConfigs], findings)
  return {
    everywhere: closedIfTooEarly(everywhere, findings),
    base: readBase(source.plugin, findings),
    services: byId(services, findings),
    pluginConfigs: byId(pluginConfigs, findings),
  }
}

/** Without routes nothing takes plugins from these. */
function noteUnused(entries: readonly Entry[], findings: Findings): void {
  for (const entry of entries) {
    if (field(entry, "plugins") === undefined) continue
    const here = "Not carried over: the source has no routes. Any consumer may call."
    findings.lost(at(entry, "plugins"), "Guards the routes that name it.", here)
  }
}

const ofServices = ["plugins", "hosts", "upstream", "upstream_id", "enable_websocket"]

/** Tells of every field beyond those: routes inside a service, say, restrict something that is not looked at. */
function knownEntries(
  collection: unknown,
  name: string,
  known: readonly string[],
  findings: Findings,
): readonly Entry[] {
  const entries = entriesOf(collection, name, findings)
  for (const entry of entries) noteUnknown(entry, [...bookkeeping, ...known], findings)
  return entries
}

/** Global rules run before those of a route: with its consumers known to nobody yet, a restriction refuses them all. */
function closedIfTooEarly(rules: Guard, findings: Findings): Guard {
  if (rules.jwtAuth !== undefined || rules.restrictions.length === 0) return rules
  const there = "consumer-restriction runs before the jwt-auth of any route, and so refuses every request."
  findings.info("global_rules", there, "Nobody may call. Put it on the routes, or jwt-auth next to it.")
  return { ...rules, isClosed: true }
}

/** What guards a route: its own plugins before those of its plugin config, of its service, and the base. */
export function guardOf(route: Source, layers: Layers, findings: Findings): Guard {
  const service = referred(route, "service_id", layers.services, findings)
  const shared = referred(route, "plugin_config_id", layers.pluginConfigs, findings)
  const plugins = new Map([
    ...layers.base,
    ...pluginsOf(service, findings),
    ...pluginsOf(shared, findings),
    ...pluginsOf(route, findings),
  ])
  const own = readGuard(plugins, findings)
  const guard = bothGuards(own, layers.everywhere, findings)
  const isMissing = service === "missing" || shared === "missing"
  if (!isMissing || guard.jwtAuth !== undefined) return guard
  return { ...guard, ...readGuard(new Map([["jwt-auth", { path: route.path, fields: {} }]]), findings) }
}

/** The hosts of a route: its own, or those of its service. */
export function hostsOf(
  route: Source,
  { services }: Layers,
  findings: Findings,
): readonly string[] | undefined {
  const hosts = readSome(route, "hosts", findings)
  const host = readText(route, "host", findings)
  if (hosts !== undefined || host !== undefined) return hosts ?? (host === undefined ? undefined : [host])
  const service = services.get(idIn(route, "service_id", findings) ?? "")
  return service === undefined ? undefined : readSome(service, "hosts", findings)
}

/** The config of `jwt-auth` by itself, or plugins by their names as on a route. */
function readBase(plugin: unknown, findings: Findings): Plugins {
  if (plugin === undefined || plugin === null) return new Map()
  if (!isObject(plugin)) {
    findings.error("plugin", "is not an object", "Give the config of jwt-auth, or plugins by their names.")
    return new Map()
  }
  if (isObject(plugin["value"])) return readBase(plugin["value"], findings)
  if (isObject(plugin["plugins"])) return pluginsOf({ path: "plugin", fields: plugin }, findings)
  const isByName = ["jwt-auth", "multi-auth", "consumer-restriction"].some((name) =>
    Object.hasOwn(plugin, name),
  )
  if (!isByName) return new Map([["jwt-auth", { path: "plugin", fields: plugin }]])
  return pluginsIn({ path: "plugin", fields: plugin }, findings)
}

function pluginsOf(source: Source | "missing" | undefined, findings: Findings): Plugins {
  if (source === undefined || source === "missing") return new Map()
  const plugins = readObject(source, "plugins", findings)
  return plugins === undefined ? new Map() : pluginsIn(plugins, findings)
}

function pluginsIn(plugins: Source, findings: Findings): Plugins {
  const found = new Map<string, Source>()
  for (const name of Object.keys(plugins.fields)) {
    const plugin = readObject(plugins, name, findings)
    if (plugin !== undefined) found.set(name, plugin)
    // Neither on nor off: whoever wrote it meant it to be on.
    else if (plugins.fields[name] == null)
      findings.error(at(plugins, name), "is empty", "Write {} for a plugin without settings, or remove it.")
  }
  return found
}

function referred(
  route: Source,
  name: string,
  among: ReadonlyMap<string, Entry>,
  findings: Findings,
): Entry | "missing" | undefined {
  const id = idIn(route, name, findings)
  if (id === undefined) return undefined
  const entry = among.get(id)
  if (entry !== undefined) return entry
  const here = "Not carried over: a token is required, unless the route itself says who may call."
  findings.lost(at(route, name), "Takes plugins from elsewhere, which is not in the source.", here)
  return "missing"
}

function byId(entries: readonly Entry[], findings: Findings): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>()
  for (const entry of entries) {
    const id = idIn(entry, "id", findings) ?? (entry.key ?? "").split("/").at(-1) ?? ""
    if (found.has(id)) findings.error(entry.path, "has the id of another", "Give each an id of its own.")
    found.set(id, entry)
  }
  return found
}

function idIn(source: Source, name: string, findings: Findings): string | undefined {
  const id = field(source, name)
  if (id === undefined || typeof id === "string" || typeof id === "number") return id?.toString()
  findings.error(at(source, name), "is not an id", "Write it as a text or a number.")
  return undefined
}
