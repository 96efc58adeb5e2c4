import { checkKeys } from "./check-keys.js"
import { type ConfigIssue, error } from "./config-error.js"
import type { Algorithm, Jwk } from "./document.js"
import type { ParsedConsumer } from "./parse.js"
import { type DocumentParts, type Parts, readKeySet } from "./read-document.js"

/** What the checks of a consumer need to know of the rest. */
export interface ConsumerContext extends Omit<DocumentParts, "document"> {
  readonly consumerHeader: string
}

type ConsumerParts = Parts<ParsedConsumer>

/** Checks a list of consumers: each by itself, and their names against each other. */
export function checkConsumers(
  consumers: readonly (ConsumerParts | undefined)[],
  path: string,
  context: ConsumerContext,
): ConfigIssue[] {
  return [
    ...duplicateNames(consumers, path),
    ...consumers.flatMap((consumer = {}, i) => checkConsumer(consumer, `${path}[${i}]`, context)),
  ]
}

function checkConsumer(consumer: ConsumerParts, path: string, context: ConsumerContext): ConfigIssue[] {
  return [
    ...checkRecognition(consumer, path, context),
    ...checkPlaces(consumer, path),
    ...checkForwarding(consumer, path, context),
    ...checkJwks(consumer, path, context),
  ]
}

function duplicateNames(consumers: readonly (ConsumerParts | undefined)[], path: string): ConfigIssue[] {
  const first = new Map<string, number>()
  return consumers.flatMap((consumer, i) => {
    const name = consumer?.name
    if (name === undefined) return []
    const earlier = first.get(name)
    if (earlier === undefined) {
      first.set(name, i)
      return []
    }
    const message = `${JSON.stringify(name)} is already the name of ${path}[${earlier}]`
    return [error(`${path}[${i}].name`, message, "Give every consumer a name of its own.")]
  })
}

/** A consumer without claims to recognise it by would take every token that its key verifies. */
function checkRecognition(
  { issuer, claims }: ConsumerParts,
  path: string,
  { isWrong }: ConsumerContext,
): ConfigIssue[] {
  if (isWrong(`${path}.issuer`) || isWrong(`${path}.claims`)) return []
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
  { from_headers, from_params, from_cookies }: ConsumerParts,
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

function checkForwarding(
  consumer: ConsumerParts,
  path: string,
  { consumerHeader }: ConsumerContext,
): ConfigIssue[] {
  const seen = new Map<string, boolean>()
  return (consumer.claims_to_headers ?? []).flatMap(({ header, override = true } = {}, i) => {
    if (header === undefined) return []
    const at = `${path}.claims_to_headers[${i}].header`
    const name = header.toLowerCase()
    if (name === consumerHeader.toLowerCase()) {
      const fix = "Choose another header, or another consumer_header."
      return [error(at, "is the header that carries the consumer's name", fix)]
    }
    const shared = seen.get(name)
    seen.set(name, override || shared === true)
    if (shared !== undefined && (shared || override)) {
      const message = `"${header}" is set twice, and one would overwrite the other`
      return [error(at, message, "Give each claim a header of its own.")]
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

function checkJwks(consumer: ConsumerParts, path: string, { isWrong }: ConsumerContext): ConfigIssue[] {
  const at = `${path}.jwks`
  const policy = {
    allow_weak_hmac: consumer.allow_weak_hmac,
    algorithms: isWrong(`${path}.algorithms`)
      ? undefined
      : (consumer.algorithms as readonly Algorithm[] | undefined),
  }
  if (typeof consumer.jwks === "string") {
    const { jwks, issues } = readKeySet(consumer.jwks, at)
    return jwks === undefined ? [...issues] : checkKeys(jwks.keys, policy, at)
  }
  // A key of the wrong shape has been reported, and may be the one that was meant.
  const keys = consumer.jwks?.keys?.map((jwk, i) => (isWrong(`${at}.keys[${i}]`) ? undefined : (jwk as Jwk)))
  return keys === undefined ? [] : checkKeys(keys, policy, at)
}
