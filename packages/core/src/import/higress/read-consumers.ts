import { checkConfig } from "../../check-config.js"
import type { Consumer } from "../../config/document.js"
import { joinPath } from "../../config/shape-issues.js"
import type { Findings } from "../findings.js"
import { readForwarding, readPlaces, readRecognition } from "./consumer-fields.js"
import {
  type Fields,
  fieldOf,
  isFields,
  isGiven,
  noteUnknown,
  readFlag,
  readList,
  readSeconds,
  readText,
} from "./source-values.js"

/** A list of consumers as far as it could be read. With anything wrong in it, the whole import is refused. */
export interface SourceConsumers {
  readonly consumers: readonly Consumer[]
  /** Every name that was given, also to a consumer that could not be read. */
  readonly names: ReadonlySet<string>
}

export function readConsumers(value: unknown, path: string, found: Findings): SourceConsumers {
  if (value === undefined) {
    const message = "is missing: without consumers the gateway asks for no token"
    found.error(path, message, "List the callers of the API.")
  }
  const items = readList(value, path, found) ?? []
  if (Array.isArray(value) && items.length === 0)
    found.error(path, "must not be empty", "List the callers of the API.")
  const first = new Map<string, number>()
  const consumers = items.flatMap((item, i) => {
    const at = `${path}[${i}]`
    if (!isFields(item)) {
      found.error(at, "must be an object", "Give it name, issuer and jwks.")
      return []
    }
    const consumer = readConsumer(item, at, found)
    const name = nameOf(item)
    const earlier = first.get(name ?? "")
    if (earlier !== undefined) {
      const message = `${JSON.stringify(name)} is already the name of ${path}[${earlier}]`
      found.error(joinPath(at, "name"), message, "Give every consumer a name of its own.")
    } else if (name !== undefined) first.set(name, i)
    return consumer ?? []
  })
  return { consumers, names: new Set(first.keys()) }
}

function nameOf(fields: Fields): string | undefined {
  const name = fieldOf(fields, "name")
  return typeof name === "string" || typeof name === "number" ? String(name) : undefined
}

/** Fields that the gateway ignores and this library has: a source may bring them along. */
const ownFields = ["types", "audiences", "algorithms", "require_exp", "allow_weak_hmac"]
const gatewayFields =
  "name jwks issuer claims from_headers from_params from_cookies claims_to_headers clock_skew_seconds keep_token remote_jwks"

function readConsumer(fields: Fields, path: string, found: Findings): Consumer | undefined {
  const before = found.issues.length
  const at = (name: string) => joinPath(path, name)
  noteUnknown(fields, path, [...gatewayFields.split(" "), ...ownFields], found)
  const own = ownFields.filter((name) => fieldOf(fields, name) !== undefined)
  for (const name of own)
    found.info(at(name), "not a field that the plugin knows", "a field of this library: it counts")
  if (isGiven(fields, "remote_jwks"))
    found.error(at("remote_jwks"), "is not supported by this version", "Give the keys inline, as jwks.")
  const name = readText(fieldOf(fields, "name"), at("name"), found)
  const jwks = fieldOf(fields, "jwks")
  const consumer = {
    ...(name !== undefined && { name }),
    ...readRecognition(fields, path, found),
    ...(jwks !== undefined && { jwks }),
    ...readPlaces(fields, path, found),
    ...readForwarding(fields, path, found),
    ...readClock(fields, path, found),
    ...readKeeping(fields, path, found),
    ...Object.fromEntries(own.map((name) => [name, fieldOf(fields, name)])),
  }
  checkAgainstSchema(consumer, path, before, found)
  return found.issues.length > before ? undefined : (consumer as Consumer)
}

function readClock(fields: Fields, path: string, found: Findings): Pick<Consumer, "clock_skew_seconds"> {
  const at = joinPath(path, "clock_skew_seconds")
  const given = fieldOf(fields, "clock_skew_seconds")
  const clock_skew_seconds = readSeconds(given, at, found)
  if (clock_skew_seconds === undefined) return {}
  if (typeof given === "number" && given !== clock_skew_seconds)
    found.info(at, "the fraction is cut off", `${clock_skew_seconds} as well`)
  return { clock_skew_seconds }
}

function readKeeping(fields: Fields, path: string, found: Findings): Pick<Consumer, "keep_token"> {
  const at = joinPath(path, "keep_token")
  const keep_token = readFlag(fieldOf(fields, "keep_token"), at, found)
  if (keep_token === false)
    found.differs(at, "false removes the token from headers", "from parameters and cookies too")
  return keep_token === undefined ? {} : { keep_token }
}

/** What this library asks of a consumer beyond the gateway. Fields that have been refused already are not named again. */
function checkAgainstSchema(consumer: object, path: string, before: number, found: Findings): void {
  const refused = found.issues.slice(before).map((issue) => issue.path)
  for (const issue of checkConfig({ consumers: [consumer] }).issues) {
    const at = path + issue.path.slice("consumers[0]".length)
    const isKnown = refused.some((other) => other.startsWith(at))
    if (issue.severity === "error" && !isKnown)
      found.error(at, issue.message, issue.fix ?? "Compare it with the documentation.")
  }
}
