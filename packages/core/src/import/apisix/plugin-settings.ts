import type { Findings } from "../findings.js"
import { at, field, noteUnknown, readFlag, readText, readTexts, type Source } from "./fields.js"

/** What the `jwt-auth` of a route says about how tokens are found and read. It becomes part of every consumer. */
export interface PluginSettings {
  readonly header: string
  readonly query: string
  readonly cookie: string
  /** The claim whose value is the consumer's `key`. */
  readonly keyClaim: string
  readonly hideCredentials: boolean
  readonly requireExp: boolean
}

/** The `jwt-auth` of a route, service or global rule, read. */
export interface JwtAuthPlugin {
  readonly path: string
  readonly settings: PluginSettings
  readonly realm: string
  readonly anonymous?: string
}

/** What an empty plugin config means. */
export const defaultSettings: PluginSettings = {
  header: "Authorization",
  query: "jwt",
  cookie: "jwt",
  keyClaim: "key",
  hideCredentials: false,
  requireExp: false,
}

export const defaultRealm = "jwt"

export function isSameSettings(one: PluginSettings, other: PluginSettings): boolean {
  const names = Object.keys(one) as (keyof PluginSettings)[]
  return names.every((name) => one[name] === other[name])
}

/** Reads what the route schema of `jwt-auth` has. */
export function readJwtAuth(source: Source, findings: Findings): JwtAuthPlugin {
  noteIdle(source, findings)
  const anonymous = readText(source, "anonymous_consumer", findings)
  return {
    path: source.path,
    settings: {
      header: readText(source, "header", findings) ?? defaultSettings.header,
      query: readText(source, "query", findings) ?? defaultSettings.query,
      cookie: readText(source, "cookie", findings) ?? defaultSettings.cookie,
      keyClaim: readText(source, "key_claim_name", findings) ?? defaultSettings.keyClaim,
      hideCredentials: readFlag(source, "hide_credentials", findings),
      requireExp: readRequiredExp(source, findings),
    },
    realm: readText(source, "realm", findings) ?? defaultRealm,
    ...(anonymous !== undefined && { anonymous }),
  }
}

/** There a claim of this list is required, and one that is not in it is not looked at. Here both are always checked. */
function readRequiredExp(source: Source, findings: Findings): boolean {
  const path = at(source, "claims_to_verify")
  const claims = readTexts(source, "claims_to_verify", findings) ?? []
  for (const claim of claims) {
    if (claim === "exp" || claim === "nbf") continue
    findings.error(path, "may hold exp and nbf only", "Remove the others, as the gateway's schema wants it.")
  }
  const [exp, nbf] = [claims.includes("exp"), claims.includes("nbf")]
  if (exp) findings.info(path, "A token must have exp.", "require_exp: true")
  if (exp && !nbf) findings.differs(path, "nbf is not checked.", "nbf is checked when a token has it.")
  if (nbf) findings.lost(path, "A token must have nbf.", "A token may lack nbf; it is checked when present.")
  if (nbf && !exp) {
    const here = "exp is checked when a token has it: an expired token is refused."
    findings.differs(path, "exp is not checked: an expired token is accepted.", here)
  }
  return exp
}

const known = [
  ...["header", "query", "cookie", "hide_credentials", "key_claim_name", "store_in_ctx", "realm"],
  ...["anonymous_consumer", "claims_to_verify", "_meta"],
]

/** These belong to a consumer, and the gateway does not look at them here. */
const ofConsumers = ["key", "secret", "public_key", "private_key", "algorithm", "exp", "base64_secret"]

function noteIdle(source: Source, findings: Findings): void {
  noteUnknown(source, [...known, ...ofConsumers], findings)
  for (const name of ofConsumers) {
    if (field(source, name) === undefined) continue
    findings.info(at(source, name), "Means nothing on a route: it belongs to a consumer.", "Left out.")
  }
  if (readFlag(source, "store_in_ctx", findings)) {
    const here = "The claims are in auth.claims of every decision that allows."
    findings.info(at(source, "store_in_ctx"), "Keeps the payload for other plugins.", here)
  }
}
