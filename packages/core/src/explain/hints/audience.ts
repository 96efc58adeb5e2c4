import type { JwtClaims } from "../../decision.js"
import { ownValue } from "../../own-value.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { kindOf } from "./claim-name.js"
import { isSlip, onlyDifference } from "./near-text.js"
import { oncePerExplanation } from "./once-per-explanation.js"
import { idToken, otherKindOf } from "./token-kind.js"

/** Why the token is not meant for this API, though it may be. */
export function audienceHint(finding: Finding): string | undefined {
  const {
    consumer: { audiences },
    jws,
  } = finding
  if (jws === undefined || audiences === undefined) return undefined
  const { claims } = jws
  const aud = ownValue(claims, "aud")
  if (aud === undefined || (Array.isArray(aud) && aud.length === 0)) {
    return (
      elsewhereHint(claims, audiences) ??
      "The token names no audience. Have the client name the API when it asks for the token (often with the parameter audience or resource), so that the issuer writes it into aud."
    )
  }
  const named = audiencesOf(aud)
  if (typeof named === "string") return named
  return (
    (isIdToken(jws, named)
      ? "This is an ID token: it tells the client who has logged in, and the client is its audience. Send the access token."
      : undefined) ??
    nearHint(named, audiences, comparisonsOf(finding, jws)) ??
    joinedHint(aud, audiences) ??
    elsewhereHint(claims, audiences)
  )
}

/** The audiences, or what is wrong with their form (RFC 7519 §4.1.3). */
function audiencesOf(aud: unknown): readonly string[] | string {
  if (typeof aud === "string") return [aud]
  if (!Array.isArray(aud))
    return `aud is ${kindOf(aud)}. It has to be a string or a list of strings (RFC 7519 §4.1.3).`
  const other: unknown = aud.find((one) => typeof one !== "string")
  if (other === undefined) return aud
  return `aud is a list with ${kindOf(other)} in it, so that none of it counts. Have the issuer write strings alone (RFC 7519 §4.1.3).`
}

/** The client that has asked for it is its audience (OpenID Connect Core §2). */
function isIdToken(jws: CompactJws, named: readonly string[]): boolean {
  const clients = ["azp", "client_id"].map((name) => ownValue(jws.claims, name))
  return otherKindOf(jws)?.name === idToken && named.some((one) => clients.includes(one))
}

/** A token may name hundreds of audiences, and a config as many: a near miss is looked for among the first. */
const most = 20

/** For one token, however many consumers it may be of: enough for a single audience of each of 10,000. */
const mostComparisons = 10_000

const comparisonsOf = oncePerExplanation((_, _jws: CompactJws) => ({ made: 0 }))

function nearHint(
  named: readonly string[],
  audiences: ReadonlySet<string>,
  comparisons: { made: number },
): string | undefined {
  const expected = [...audiences].slice(0, most)
  for (const one of named.slice(0, most)) {
    for (const audience of expected) {
      if (++comparisons.made > mostComparisons) return undefined
      const both = "The token's aud and the config's audiences"
      const difference = onlyDifference(one, audience)
      if (difference !== undefined)
        return `${both} differ only in ${difference}, and they are compared letter by letter. If both are meant to be this API, write it in the config as the token has it.`
      if (isSlip(one, audience))
        return `${both} are the same but for one letter: wrong, missing, too much or swapped. If both are meant to be this API, write them alike.`
    }
  }
  return undefined
}

/** Also a list that was turned into JSON text and put into quotes. */
function joinedHint(aud: unknown, audiences: ReadonlySet<string>): string | undefined {
  if (typeof aud !== "string" || !words(aud).some((one) => audiences.has(one))) return undefined
  return "aud is one string in which several audiences stand. Have the issuer write a list of strings (RFC 7519 §4.1.3)."
}

function words(text: string): readonly string[] {
  return text.split(/[\s,;"[\]]/)
}

/** Claims that people take for the audience: whom the token was given to, and what was asked for. */
const lookalikes = ["azp", "client_id", "appid", "cid", "resource", "audience", "audiences", "scope", "scp"]

function elsewhereHint(claims: JwtClaims, audiences: ReadonlySet<string>): string | undefined {
  const name = lookalikes.find((one) => {
    const value = ownValue(claims, one)
    const values: readonly unknown[] =
      typeof value === "string" ? words(value) : Array.isArray(value) ? value : []
    return values.some((part) => typeof part === "string" && audiences.has(part))
  })
  if (name === undefined) return undefined
  return `The expected audience stands in ${name}, and only aud counts (RFC 7519 §4.1.3). Have the issuer write it into aud.`
}
