import type { Findings } from "../findings.js"
import type { ApisixRoute } from "./routes.js"

/** What holds for every import, whatever the source says. */
export function noteStanding(findings: Findings): void {
  for (const [there, here] of standing) findings.differs("plugin", there, here)
}

const standing: readonly (readonly [there: string, here: string])[] = [
  [
    "A token may be padded, in plain base64 or with empty segments; crit and duplicate members are not looked at.",
    "Compact JWS as RFC 7515 writes it, 8192 bytes at most; anything else is refused.",
  ],
  [
    "iat is not looked at. nbf must lie before now.",
    "A token with an iat in the future is refused. nbf may be now (RFC 7519 §4.1.5).",
  ],
  [
    "The prefix in the header is Bearer or bearer and one space.",
    "Bearer in any case, and any number of spaces (RFC 9110 §11.1).",
  ],
  [
    "An empty parameter is a token, and a bad one. A repeated parameter is a bad token, and of a repeated header the first counts.",
    "Empty is absent: the next place is looked at. The first parameter that is not empty counts; a repeated header is refused.",
  ],
  [
    "A refusal has a JSON body, which tells whether the key claim or the consumer is missing.",
    "One message for all that is wrong with a token, but for an expired one; the reason is in attempts.",
  ],
  [
    "X-Credential-Identifier and X-Consumer-Custom-ID are set or removed.",
    "Neither set nor removed: do not read them. X-Consumer-Username is set, or removed from every other request.",
  ],
]

/** What holds wherever there are routes. */
export function noteRouting(routes: readonly ApisixRoute[], findings: Findings): void {
  findings.differs(
    "routes",
    "A request that no route matches is 404.",
    "It needs a token (global_auth: true).",
  )
  findings.differs(
    "routes",
    "/x, /x/ and /X are three paths. HEAD is not GET.",
    "They are one path, for the rule that comes first. A rule for GET covers HEAD.",
  )
  if (routes.some(({ hosts }) => hosts !== undefined)) {
    const there = "Routes with a host are asked before those without, by the default router."
    findings.info("routes", there, "The rules stand in this order. With another router, compare it.")
  }
}
