import type { Auth, Decision, HeaderEdit, JwtClaims } from "../decision.js"
import { onlyTexts } from "./only-texts.js"
import { redactedMark } from "./show.js"

/** The decision without its token. */
export function shownDecision(decision: Decision): Decision {
  return decision.outcome === "allow" ? { ...decision, auth: withoutToken(decision.auth) } : decision
}

/** The same without the values of claims, wherever it has them, and without the cookies and the query that stay. */
export function redactedDecision(decision: Decision, consumerHeader: string): Decision {
  if (decision.outcome !== "allow") return decision
  const { auth, edits } = decision
  const { consumer, claims, header } = auth
  return {
    ...decision,
    auth: withoutToken({
      consumer,
      claims: redactClaims(claims),
      header: { alg: header.alg, ...onlyTexts(header) },
    }),
    edits: {
      headers: edits.headers.map((edit) => redactEdit(edit, consumerHeader)),
      ...(edits.path !== undefined && { path: redactQuery(edits.path) }),
    },
  }
}

/** Not enumerable, as in the decision itself, so that the two are equal but for this. */
function withoutToken({ consumer, claims, header }: Omit<Auth, "token">): Auth {
  return Object.defineProperty({ consumer, claims, header }, "token", { value: "(not shown)" }) as Auth
}

/** Times are nobody's secret, and most refusals are about them. */
const times: readonly string[] = ["exp", "nbf", "iat"]

function redactClaims(claims: JwtClaims): JwtClaims {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      const isTime = times.includes(name) && typeof value === "number"
      return [name, isTime ? value : redactedMark]
    }),
  )
}

function redactEdit(edit: HeaderEdit, consumerHeader: string): HeaderEdit {
  const isKnown = edit.value === undefined || edit.name === consumerHeader.toLowerCase()
  return isKnown ? edit : { ...edit, value: redactedMark }
}

function redactQuery(target: string): string {
  const query = target.indexOf("?")
  return query === -1 ? target : `${target.slice(0, query)}?${redactedMark}`
}
