import { checkConfig } from "../../check-config.js"
import { ConfigError, type ConfigIssue } from "../../config/config-error.js"
import { Findings } from "../findings.js"
import type { Imported } from "../note.js"
import { chooseBase } from "./base.js"
import { type Person, readConsumers } from "./consumers.js"
import { isObject, noteUnknown } from "./fields.js"
import { guardOf, type Layers, readLayers } from "./layers.js"
import { notePieces, noteRoutes } from "./note-routes.js"
import { asStrictAsMeant, piecesOf } from "./pieces.js"
import { type ApisixRoute, everyRequest, readRoutes } from "./routes.js"
import { toSourceIssue } from "./source-issue.js"
import { noteRouting, noteStanding } from "./standing-notes.js"
import { writeConfig } from "./write-config.js"

/**
 * A config of Apache APISIX: what its admin API returns, or the document of a standalone `apisix.yaml`, parsed. Every
 * collection may be a list, a map by name, `{ value }` or `{ list: [{ value }] }`.
 */
export interface ApisixSource {
  /** Consumers; a `jwt-auth` may stand under `plugins`, or by itself. */
  readonly consumers?: unknown
  /** Credentials, when they do not stand among the consumers: as the admin API lists them, or in a map by username. */
  readonly credentials?: unknown
  /**
   * The route's part of `jwt-auth`, or plugins by name. Without `routes` it applies to every request. With `routes` it
   * applies to each, where the route, its plugin config or its service does not say otherwise.
   */
  readonly plugin?: unknown
  /** Routes. When given, only those with `jwt-auth` ask for a token. */
  readonly routes?: unknown
  /** Services that routes take plugins and hosts from. */
  readonly services?: unknown
  /** Plugin configs that routes take plugins from. */
  readonly plugin_configs?: unknown
  /** Rules that apply to every route besides its own plugins. */
  readonly global_rules?: unknown
  /** The rest of `apisix.yaml`. What this import does not know is told in the notes. */
  readonly [field: string]: unknown
}

export interface FromApisixOptions {
  /**
   * Sets `allow_weak_hmac` on the consumers whose secret is shorter than the hash, and on no other. Default `false`:
   * such a secret is an error.
   */
  readonly allowWeakHmac?: boolean
}

/**
 * Translates a config of the gateway's plugin `jwt-auth`, with `multi-auth` and `consumer-restriction` around it.
 * The notes tell what behaves otherwise here, and what could not be carried over.
 *
 * @throws {ConfigError} when the source cannot be used as safely as it is there, with every problem at once and its
 * place in the source. Neither an issue nor a note holds a key, a secret or a token.
 */
export async function fromApisix(source: ApisixSource, options: FromApisixOptions = {}): Promise<Imported> {
  const findings = new Findings()
  const document = { path: "", fields: readDocument(source) }
  noteUnknown(document, [...read, ...idle], findings)
  // A list names the plugins that are loaded; an object is a part of a route, a service or a global rule.
  if (isObject(source["plugins"]))
    findings.error(
      "plugins",
      "belongs to something that is not named",
      "Put it under routes, services or global_rules.",
    )
  const people = await readConsumers(source, { allowWeakHmac: options.allowWeakHmac === true }, findings)
  const layers = readLayers(source, findings)
  const routes = readAll(source, layers, people, findings)
  noteRoutes(routes, people, findings)
  const base = chooseBase(routes, findings)
  const pieces = piecesOf(routes)
  const strict = asStrictAsMeant(pieces)
  notePieces(pieces, strict, findings)
  if (source.routes !== undefined) noteRouting(routes, findings)
  noteStanding(findings)
  const written = writeConfig(people, strict, base)
  const { config, issues } = checkConfig(written.config)
  const found: readonly ConfigIssue[] = [
    ...findings.issues,
    ...issues.filter(({ severity }) => severity === "error").map((issue) => toSourceIssue(issue, written)),
  ]
  if (config === undefined || found.length > 0) throw new ConfigError(withoutRepeats(found))
  return { config: written.config, notes: findings.notes }
}

const read = ["consumers", "credentials", "plugin", "routes", "services", "plugin_configs", "global_rules"]

/** Nothing in these says who may call. Groups are told of where a consumer is in one. */
const idle = ["upstreams", "ssls", "protos", "plugin_metadata", "plugins", "secrets", "consumer_groups"]

function readDocument(source: unknown): Readonly<Record<string, unknown>> {
  if (isObject(source)) return source
  const message = "is not an object"
  const fix = "Give { consumers, routes, … }, as apisix.yaml has it once it is parsed."
  throw new ConfigError([{ severity: "error", path: "", message, fix }])
}

function readAll(
  source: ApisixSource,
  layers: Layers,
  people: readonly Person[],
  findings: Findings,
): readonly ApisixRoute[] {
  if (source.routes !== undefined) return readRoutes(source.routes, layers, people, findings)
  const isSaid = layers.base.size > 0 || layers.everywhere.jwtAuth !== undefined
  const plain = { ...layers, base: new Map([["jwt-auth", { path: "plugin", fields: {} }]]) }
  const guard = guardOf({ path: "plugin", fields: {} }, isSaid ? layers : plain, findings)
  return [everyRequest(guard, people)]
}

/** What the plugin says is in every consumer, and wrong only once. */
function withoutRepeats(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]
}
