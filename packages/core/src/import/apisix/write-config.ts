import type { JwtAuthConfig, Rule } from "../../config/document.js"
import type { Guarded } from "./access.js"
import type { Person } from "./consumers.js"
import type { Piece } from "./pieces.js"
import { isSameSettings, type PluginSettings } from "./plugin-settings.js"
import { nobody, type WrittenConsumer, writeConsumers, writeNobody } from "./write-consumers.js"

/** A config, and where its parts came from. */
export interface WrittenConfig {
  readonly config: JwtAuthConfig
  readonly base: Base
  /** One for each global consumer, in order. */
  readonly consumers: readonly WrittenConsumer[]
  /** One for each rule, in order. */
  readonly rules: readonly WrittenRule[]
}

export interface WrittenRule {
  readonly rule: Rule
  readonly piece: Piece
  /** One for each consumer of the rule's own. */
  readonly consumers: readonly WrittenConsumer[]
}

export interface Base {
  /** What the global consumers are written for. Routes that want it otherwise get consumers of their own. */
  readonly settings: PluginSettings
  readonly realm: string
  /** Where the plugin stands that says so. */
  readonly path: string
}

export function writeConfig(people: readonly Person[], pieces: readonly Piece[], base: Base): WrittenConfig {
  const { settings, realm } = base
  const rules = merged(withoutShadowed(pieces)).map((group) => writeRule(group, people, settings))
  const known = writeConsumers(people, settings)
  const isNobodyNamed = rules.some(({ rule }) => Array.isArray(rule.allow) && rule.allow.includes(nobody))
  const consumers =
    known.length === 0 || isNobodyNamed ? [...known, { consumer: writeNobody(settings) }] : known
  const written = rules.filter(({ rule }) => !isDefault(rule))
  const config: JwtAuthConfig = {
    // A request that no route matches is 404 there: whether it is one is not for this library to say.
    global_auth: true,
    realm,
    consumer_header: "X-Consumer-Username",
    consumers: consumers.map(({ consumer }) => consumer),
    ...(written.length > 0 && { rules: written.map(({ rule }) => rule) }),
  }
  return { config, base, consumers, rules: written }
}

/** What holds without a rule is not said by one, when there is nothing else that it could be about. */
function isDefault({ match, allow, optional }: Rule): boolean {
  return Object.keys(match).length === 0 && allow === "any" && optional !== true
}

function writeRule(
  group: readonly [Piece, ...Piece[]],
  people: readonly Person[],
  settings: PluginSettings,
): WrittenRule {
  const [piece] = group
  const { access, host, methods, route } = piece
  const paths = [...new Set(group.map(({ path }) => path.text))]
  const isEverything = paths.length === 1 && paths[0] === "/*" && route.path === "plugin"
  const match = {
    ...(host !== undefined && { domain: host }),
    ...(!isEverything && { path: paths.length === 1 && paths[0] !== undefined ? paths[0] : paths }),
    ...(methods !== undefined && { method: methods }),
  }
  const common = { name: route.name, match }
  if (access.kind === "open") return { rule: { ...common, public: true }, piece, consumers: [] }
  const optional = access.optional && { optional: true }
  const own = access.settings ?? settings
  if (isSameSettings(own, settings))
    return { rule: { ...common, allow: namesOf(access, people), ...optional }, piece, consumers: [] }
  const known = writeConsumers(allowedOf(access, people), own)
  const consumers = known.length === 0 ? [{ consumer: writeNobody(own) }] : known
  const rule = { ...common, consumers: consumers.map(({ consumer }) => consumer), ...optional }
  return { rule, piece, consumers }
}

function allowedOf({ allow }: Guarded, people: readonly Person[]): readonly Person[] {
  return allow === "any" ? people : people.filter(({ username }) => allow.has(username))
}

function namesOf(access: Guarded, people: readonly Person[]): readonly string[] | "any" {
  if (access.allow === "any") return "any"
  const names = allowedOf(access, people).flatMap(({ credentials }) => credentials.map(({ name }) => name))
  return names.length === 0 ? [nobody] : names
}

/** Neighbours that differ in nothing but the path are one rule. */
function merged(pieces: readonly Piece[]): readonly (readonly [Piece, ...Piece[]])[] {
  const groups: [Piece, ...Piece[]][] = []
  for (const piece of pieces) {
    const last = groups.at(-1)
    if (last !== undefined && canShare(last[0], piece)) last.push(piece)
    else groups.push([piece])
  }
  return groups
}

function canShare(one: Piece, other: Piece): boolean {
  const said = ({ host, methods, access }: Piece) =>
    JSON.stringify([host, methods, access], (_, value: unknown) =>
      value instanceof Set ? [...value] : value,
    )
  return one.route === other.route && said(one) === said(other)
}

/** An open rule shadows no other: it holds for plain paths only. */
function withoutShadowed(pieces: readonly Piece[]): readonly Piece[] {
  const taken = new Set<string>()
  return pieces.filter(({ host, path, methods, access }) => {
    const all = JSON.stringify([host ?? null, path.base, path.below, null])
    const some = JSON.stringify([host ?? null, path.base, path.below, methods ?? null])
    if (taken.has(all) || taken.has(some)) return false
    if (access.kind === "guarded") taken.add(some)
    return true
  })
}
