import type { Place, PolicyConsumer } from "../../config/policy.js"
import { maxTokenBytes } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import type { Reading } from "../recording.js"
import { notTokenHint } from "./not-token.js"
import { partsHint } from "./parts.js"
import { repair } from "./repairs.js"
import { severalTokensHint } from "./several-tokens.js"

/** By the list of everyone, which each explanation makes anew: in one request a place gives all consumers the same. */
const known = new WeakMap<readonly PolicyConsumer[], Map<Place, string | undefined>>()

/** Why what was found cannot be read as a token. */
export function formHint({ reading, everyone }: Finding): string | undefined {
  if (reading === undefined) return undefined
  const { place } = reading.found
  const hints = known.get(everyone) ?? new Map<Place, string | undefined>()
  known.set(everyone, hints)
  if (!hints.has(place)) hints.set(place, hintFor(reading))
  return hints.get(place)
}

function hintFor({ found: { token, place } }: Reading): string | undefined {
  const hint = notTokenHint(token) ?? severalTokensHint(token, place)
  if (hint !== undefined) return hint
  if (token.length > maxTokenBytes) {
    return `More than ${maxTokenBytes} bytes are refused unread. Have the issuer leave out what the API does not need, such as long lists of groups.`
  }
  const repaired = repair(token, place)
  return repaired.hint ?? partsHint(repaired.token)
}
