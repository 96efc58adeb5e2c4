import type { NearMiss } from "./near-miss.js"
import { isSlip, onlyDifference } from "./near-text.js"

/** Services that have one set of keys for all tenants prove by a signature that a token is theirs, and not whose. */
const copy =
  "if it is your issuer, and no other tenant of the same service, write issuer in the config as the token has it"

const both = "The token's iss and the config's issuer"

/** Why an issuer is not the one in the config although it may be meant. */
export function issuerMiss(actual: string, expected: string): NearMiss | undefined {
  const difference = onlyDifference(actual, expected)
  if (difference !== undefined) {
    return { what: `${both} differ only in ${difference}, and they are compared letter by letter.`, copy }
  }
  if (isMetadataOf(actual, expected)) {
    return {
      what: "The config's issuer is an address that belongs to the token's issuer, such as that of its metadata or keys.",
      copy,
    }
  }
  if (isSameTenant(actual, expected)) {
    return {
      what: "Both are the same tenant of Microsoft Entra ID, whose tokens of version 1.0 and 2.0 have different issuers.",
      copy: `${copy}, or have the API's requestedAccessTokenVersion changed`,
    }
  }
  if (isSameElsewhere(actual, expected)) {
    return {
      what: "The paths are the same, the hosts are not: some issuers write into iss the address at which they were called.",
      copy: `${copy}, or give the issuer one public address`,
    }
  }
  return isSlip(actual, expected)
    ? { what: `${both} are the same but for one letter: wrong, missing, too much or swapped.`, copy }
    : undefined
}

/** Endpoints of OpenID Connect and OAuth that people take for the issuer (OIDC Discovery §3, RFC 8414 §2). */
const endpoint = /^\/(?:[\w.-]+\/){0,4}(?:jwks(?:\.json)?|certs|keys|token|authorize|userinfo)$/

function isMetadataOf(issuer: string, address: string): boolean {
  const base = issuer.endsWith("/") ? issuer.slice(0, -1) : issuer
  if (!base.includes("://") || !address.startsWith(`${base}/`)) return false
  const rest = address.slice(base.length)
  return rest.startsWith("/.well-known/") || endpoint.test(rest)
}

const entra =
  /^https:\/\/(?:sts\.windows\.net\/([0-9a-f-]{36})\/|login\.microsoftonline\.com\/([0-9a-f-]{36})\/v2\.0)$/i

function isSameTenant(one: string, other: string): boolean {
  const [tenant, otherTenant] = [one, other].map((issuer) => {
    const match = entra.exec(issuer)
    return match?.[1] ?? match?.[2]
  })
  return tenant !== undefined && tenant === otherTenant
}

/** The same path, and one of the hosts has a name that only means something inside: two tenants of a service have not. */
function isSameElsewhere(one: string, other: string): boolean {
  const [host, path] = partsOf(one)
  const [otherHost, otherPath] = partsOf(other)
  return path !== "" && path === otherPath && host !== otherHost && [host, otherHost].some(isInside)
}

function partsOf(url: string): readonly [host: string, path: string] {
  const [, authority = "", path = ""] = /^https?:\/\/([^/]*)\/(.*)$/i.exec(url) ?? []
  return [authority.replace(/:\d*$/, "").toLowerCase(), path]
}

function isInside(host: string): boolean {
  return (
    !host.includes(".") ||
    /^(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|\.(?:local|internal|localhost)$/i.test(host)
  )
}
