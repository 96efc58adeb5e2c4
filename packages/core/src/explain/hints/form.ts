import type { Place } from "../../config/policy.js"
import type { FoundToken } from "../../extract/find-token.js"
import { maxTokenBytes } from "../../extract/header-token.js"
import type { Finding } from "../finding.js"
import { notTokenHint } from "./not-token.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { partsHint } from "./parts.js"
import { repairHint } from "./repairs.js"
import { severalTokensHint } from "./several-tokens.js"

/** Why what was found cannot be read as a token. */
export function formHint(finding: Finding): string | undefined {
  return finding.reading && hintIn(finding, finding.reading.found)
}

const hintIn = oncePerExplanation((_, { token, place }: FoundToken) => hintFor(token, place))

function hintFor(token: string, place: Place): string | undefined {
  const hint = notTokenHint(token) ?? severalTokensHint(token, place)
  if (hint !== undefined) return hint
  if (token.length > maxTokenBytes) {
    return `More than ${maxTokenBytes} bytes are refused unread. Have the issuer leave out what the API does not need, such as long lists of groups.`
  }
  return repairHint(token, place) ?? partsHint(token)
}
