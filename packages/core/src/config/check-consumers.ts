import { checkKeys } from "./check-keys.js"
import { type ConfigIssue, error } from "./config-error.js"
import { parseKeySet, type SalvagedConsumer } from "./read-document.js"

/** Checks a list of consumers: each by itself, and their names against each other. */
export function checkConsumers(
  consumers: readonly SalvagedConsumer[],
  path: string,
  consumerHeader: string,
): ConfigIssue[] {
  return [
    ...duplicateNames(consumers, path),
    ...consumers.flatMap((consumer, i) => checkConsumer(consumer, `${path}[${i}]`, consumerHeader)),
  ]
}

function checkConsumer(consumer: SalvagedConsumer, path: string, consumerHeader: string): ConfigIssue[] {
  return [
    ...checkRecognition(consumer, path),
    ...checkPlaces(consumer, path),
    ...checkForwarding(consumer, path, consumerHeader),
    ...checkJwks(consumer, path),
  ]
}

function duplicateNames(consumers: readonly SalvagedConsumer[], path: string): ConfigIssue[] {
  const first = new Map<string, number>()
  return consumers.flatMap(({ name }, i) => {
    if (name === undefined) return []
    const earlier = first.get(name)
    if (earlier === undefined) {
      first.set(name, i)
      return []
    }
    const message = `"${name}" is already the name of ${path}[${earlier}]`
    return [error(`${path}[${i}].name`, message, "Give every consumer a name of its own.")]
  })
}

/** A consumer without claims to recognise it by would take every token that its key verifies. */
function checkRecognition({ issuer, claims }: SalvagedConsumer, path: string): ConfigIssue[] {
  if (issuer === undefined && Object.keys(claims ?? {}).length === 0) {
    const fix = "Add issuer: the exact iss of its tokens; or claims: { name: value }."
    return [error(path, "has neither issuer nor claims to recognise its tokens by", fix)]
  }
  if (issuer !== undefined && claims?.["iss"] !== undefined && claims["iss"] !== issuer) {
    return [
      error(
        `${path}.claims.iss`,
        "is not the same as issuer, so no token can match",
        "Remove one of the two.",
      ),
    ]
  }
  return []
}

function checkPlaces(
  { from_headers, from_params, from_cookies }: SalvagedConsumer,
  path: string,
): ConfigIssue[] {
  const given = [from_headers, from_params, from_cookies].filter((places) => places !== undefined)
  if (given.length === 0 || given.some((places) => places.length > 0)) return []
  const fix = "Leave from_headers, from_params and from_cookies out for the defaults, or list a place."
  return [error(path, "has no place where a token may stand", fix)]
}

/** Headers that frame the message or carry credentials: a claim written there changes more than identity. */
const reservedHeaders = new Set(
  (
    "host content-length transfer-encoding connection upgrade te trailer keep-alive expect " +
    "proxy-authenticate proxy-authorization proxy-connection authorization cookie"
  ).split(" "),
)

function checkForwarding(consumer: SalvagedConsumer, path: string, consumerHeader: string): ConfigIssue[] {
  const seen = new Map<string, boolean>()
  return (consumer.claims_to_headers ?? []).flatMap(({ header, override }, i) => {
    const at = `${path}.claims_to_headers[${i}].header`
    const name = header.toLowerCase()
    if (name === consumerHeader.toLowerCase()) {
      return [
        error(
          at,
          "is the header that carries the consumer's name",
          "Choose another header, or another consumer_header.",
        ),
      ]
    }
    const shared = seen.get(name)
    seen.set(name, override || shared === true)
    if (shared !== undefined && (shared || override)) {
      return [
        error(
          at,
          `"${header}" is set twice, and one would overwrite the other`,
          "Give each claim a header of its own.",
        ),
      ]
    }
    return checkHeaderName(header, at)
  })
}

/** A header that this library may write. */
export function checkHeaderName(header: string, path: string): ConfigIssue[] {
  if (!reservedHeaders.has(header.toLowerCase())) return []
  return [
    error(
      path,
      `"${header}" has a meaning of its own in HTTP`,
      "Choose a header that only your code reads, such as X-User-Id.",
    ),
  ]
}

function checkJwks(consumer: SalvagedConsumer, path: string): ConfigIssue[] {
  const { jwks, ...policy } = consumer
  const at = `${path}.jwks`
  if (jwks === undefined) return []
  if (typeof jwks !== "string") return checkKeys(jwks.keys, policy, at)
  const parsed = parseKeySet(jwks, at)
  return parsed.jwks === undefined ? [...parsed.issues] : checkKeys(parsed.jwks.keys, policy, at)
}
