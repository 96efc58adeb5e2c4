import type { Authenticator } from "../authenticator.js"
import type { AuthRequest, Requirement } from "../decision.js"
import { decideTraced } from "../trace.js"
import { explainConsumers } from "./consumers.js"
import type { ExplainOptions, Explanation, TokenExplanation } from "./explanation.js"
import { ruleHint } from "./hints/rule.js"
import { onlyTexts } from "./only-texts.js"
import { peekSegment } from "./peek.js"
import { placeName } from "./place-name.js"
import { type Reading, Recording } from "./recording.js"
import { explainRule } from "./rule.js"
import { redacted, show } from "./show.js"
import { redactedDecision, shownDecision } from "./shown-decision.js"

/**
 * Decides a request like `decide` does, by the same code, and tells why: which rule applied, and for every consumer which
 * steps its token passed, where it failed, what was expected there, and what the mistake may be.
 *
 * For the people who look after the API. The client must never see it: it tells which consumers, issuers and keys exist. It
 * holds neither the token nor keys of the config; it holds claims, unless `redact` is set. The decision's `edits` are in it,
 * which with `keep_token: false` have the cookies and the query that stay; `redact` leaves these out too. `onDecision` is not
 * told of it.
 *
 * @param requirement what the place in the code asks for, as for `decide`
 * @throws {TypeError} for an authenticator that `createAuthenticator` has not made; never for anything in a request
 */
export async function explain(
  authenticator: Authenticator,
  request: AuthRequest,
  requirement?: Requirement,
  options: ExplainOptions = {},
): Promise<Explanation> {
  const recording = new Recording()
  const decision = await decideTraced(authenticator, recording, request, requirement)
  const { redact = false } = options
  const consumerHeader = recording.config?.consumer_header ?? ""
  const rule = explainRule(recording, request, requirement)
  const hint = ruleHint({ recording, request, requirement, rule, decision })
  return {
    decision: redact ? redactedDecision(decision, consumerHeader) : shownDecision(decision),
    rule: hint === undefined ? rule : { ...rule, hint },
    tokens: [...recording.readings.values()].map((reading) => tokenOf(reading, redact)),
    consumers: await explainConsumers(recording, request, redact ? redacted : show),
  }
}

function tokenOf({ found, jws, header }: Reading, redact: boolean): TokenExplanation {
  const claims = typeof jws === "string" ? peekSegment(found.token, 1) : jws.claims
  return {
    place: placeName(found.place),
    ...(header && { header: onlyTexts(header) }),
    ...(claims && !redact && { claims }),
  }
}
