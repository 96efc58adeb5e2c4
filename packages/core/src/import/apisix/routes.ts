import type { Findings } from "../findings.js"
import { accessesOf, type MethodAccess } from "./access.js"
import type { Person } from "./consumers.js"
import { type Entry, entriesOf } from "./entries.js"
import { at, bookkeeping, field, noteUnknown, readSome, readText, type Source } from "./fields.js"
import type { Guard } from "./guard.js"
import { guardOf, hostsOf, type Layers } from "./layers.js"
import { readUri, type UriPattern } from "./uri-pattern.js"

/** A route of the gateway, read. */
export interface ApisixRoute {
  readonly path: string
  readonly name: string
  /** Lower-case; `*.example.com` for everything below. */
  readonly hosts?: readonly string[]
  readonly uris: readonly UriPattern[]
  readonly methods?: readonly string[]
  readonly priority: number
  /** True when the route matches only some of the requests that its host, path and method match. */
  readonly isConditional: boolean
  readonly guard: Guard
  readonly accesses: readonly MethodAccess[]
}

/** Reads the routes that are not switched off. */
export function readRoutes(
  routes: unknown,
  layers: Layers,
  people: readonly Person[],
  findings: Findings,
): readonly ApisixRoute[] {
  const isOn = (route: Entry) => {
    if (field(route, "status") !== 0) return true
    findings.info(at(route, "status"), "The route is switched off.", "As if it were not there.")
    return false
  }
  return entriesOf(routes, "routes", findings)
    .filter(isOn)
    .map((route) => readRoute(route, layers, people, findings))
}

/** What stands for the routes when there are none in the source: the plugin applies to every request. */
export function everyRequest(guard: Guard, people: readonly Person[]): ApisixRoute {
  return {
    path: "plugin",
    name: "every request",
    uris: [readUri("/*")],
    priority: 0,
    isConditional: false,
    guard,
    accesses: accessesOf(guard, people, undefined),
  }
}

const known = [
  ...[
    "uri",
    "uris",
    "host",
    "hosts",
    "methods",
    "priority",
    "status",
    "plugins",
    "service_id",
    "plugin_config_id",
  ],
  // What the gateway does with a request once it has let it in.
  ...["upstream", "upstream_id", "timeout", "enable_websocket"],
]

function readRoute(route: Entry, layers: Layers, people: readonly Person[], findings: Findings): ApisixRoute {
  const isConditional = noteConditions(route, findings)
  const scripted = field(route, "script") !== undefined || field(route, "script_id") !== undefined
  if (scripted) {
    const here = "Not carried over. Nobody may call, unless jwt-auth says who."
    findings.lost(at(route, "script"), "A program that may decide who may call.", here)
  }
  noteUnknown(route, [...bookkeeping, ...known, ...conditions, "script", "script_id"], findings)
  const read = guardOf(route, layers, findings)
  const guard = scripted ? { ...read, hasOther: true, isClosed: read.jwtAuth === undefined } : read
  const hosts = hostsOf(route, layers, findings)?.map((host) => host.toLowerCase())
  for (const host of hosts ?? []) checkHost(host, route, findings)
  const methods = readSome(route, "methods", findings)
  const priority = field(route, "priority") ?? 0
  if (typeof priority !== "number")
    findings.error(at(route, "priority"), "is not a number", "Write a whole number, or leave it out.")
  return {
    path: route.path,
    name: nameOf(route, findings),
    ...(hosts !== undefined && { hosts }),
    uris: readUris(route, findings),
    ...(methods !== undefined && methods.length > 0 && { methods }),
    priority: Number(priority),
    isConditional,
    guard,
    accesses: accessesOf(guard, people, methods?.length === 0 ? undefined : methods),
  }
}

function readUris(route: Source, findings: Findings): readonly UriPattern[] {
  const uri = readText(route, "uri", findings)
  const uris = readSome(route, "uris", findings) ?? (uri === undefined ? [] : [uri])
  if (uris.length === 0)
    findings.error(route.path, "has neither uri nor uris", "Say which paths the route is about.")
  return uris.map(readUri)
}

function nameOf(route: Entry, findings: Findings): string {
  const given = field(route, "id")
  const id = typeof given === "string" || typeof given === "number" ? given : route.key?.split("/").at(-1)
  const name = readText(route, "name", findings)
  return name ?? (id === undefined ? route.path : `route ${String(id)}`)
}

const conditions = ["vars", "filter_func", "remote_addr", "remote_addrs"]

/** Returns true when there are any. */
function noteConditions(route: Source, findings: Findings): boolean {
  const given = conditions.filter((name) => field(route, name) !== undefined)
  for (const name of given) {
    const here = "Not carried over. Where the route is open, its requests need a token."
    findings.lost(at(route, name), "The route matches only some of these requests.", here)
  }
  return given.length > 0
}

/** Names are compared by the rules in the same way. Other patterns have no counterpart that is as narrow, or as broad. */
function checkHost(host: string, route: Source, findings: Findings): void {
  if (/^(?:\*\.)?[\w-]+(?:\.[\w-]+)*$/.test(host)) return
  const message = `${JSON.stringify(host)} cannot be said here`
  findings.error(at(route, "hosts"), message, "Write example.com or *.example.com, without a port.")
}
