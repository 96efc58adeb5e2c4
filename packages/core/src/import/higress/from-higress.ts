import { checkConfig } from "../../check-config.js"
import { ConfigError } from "../../config/config-error.js"
import type { JwtAuthConfig } from "../../config/document.js"
import { joinPath } from "../../config/shape-issues.js"
import { Findings } from "../findings.js"
import type { Imported } from "../note.js"
import { arrangeRules } from "./arrange-rules.js"
import { noteDifferences, noteEnableHeaders, noteHosts, readGlobalAuth } from "./gateway-differences.js"
import { readConsumers } from "./read-consumers.js"
import { readDocument } from "./read-document.js"
import type { PluginSource } from "./read-plugin.js"
import { readRule } from "./read-rules.js"
import { fieldOf, noteUnknown, readFlag } from "./source-values.js"

/**
 * Translates the config of Higress's `jwt-auth` plugin, and says in notes what is otherwise here. No rule lets in a caller
 * whom the gateway's rules refuse, except where a note of the kind `lost` says so.
 *
 * @param document - the plugin's config with `_rules_`, the `WasmPlugin` resource around it, or the documents of a YAML
 *   file as a list; parsed, not as text. A consumer may have fields that only this library knows, such as `require_exp`.
 * @throws {ConfigError} with every problem, each with its path in `document`: what the gateway refuses or never matches,
 *   where it would ask for no token because a part of the config is broken, and what this library refuses.
 */
export function fromHigress(document: unknown): Imported {
  const found = new Findings()
  const plugin = readDocument(document, found)
  const config = plugin && readConfig(plugin, found)
  if (config === undefined || found.issues.length > 0) throw new ConfigError(found.issues)
  const { issues } = checkConfig(config)
  if (issues.some(({ severity }) => severity === "error")) throw new ConfigError(issues)
  return { config, notes: found.notes }
}

const fields = ["global_auth", "consumers", "enable_headers", "_rules_"]

function readConfig({ path, settings, rules: sources }: PluginSource, found: Findings): JwtAuthConfig {
  const at = (name: string) => joinPath(path, name)
  noteUnknown(settings, path, fields, found)
  const given = readFlag(fieldOf(settings, "global_auth"), at("global_auth"), found)
  const globalAuth = readGlobalAuth(given, sources.length > 0, path, found)
  noteEnableHeaders(settings, path, found)
  const { consumers, names } = readConsumers(fieldOf(settings, "consumers"), at("consumers"), found)
  noteDifferences(consumers, at("consumers"), found)
  const context = { globalAuth: given, names }
  const rules = sources.flatMap((source) => readRule(source, context, found) ?? [])
  noteHosts(rules, found)
  const otherwise = given === true ? at("global_auth") : undefined
  const arranged = arrangeRules(rules, { consumers, otherwise }, found)
  return { ...globalAuth, consumers, ...(arranged.length > 0 && { rules: arranged }) }
}
