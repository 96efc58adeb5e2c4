import type { AuthenticatorOptions, Decision, Requirement, Verbs } from "@jwt-auth/core"
import type { ConformanceRow } from "@jwt-auth/core/testing"
import { packed, type Seen } from "./protocol.js"

/** The middleware as an app would write it for what the row asks of the code. */
export function verbFor<Middleware>(
  auth: Middleware & Verbs<string, Middleware>,
  { request, requirement }: ConformanceRow,
): Middleware {
  if (request.route !== undefined) return auth.route(request.route)
  return requirement === undefined ? auth : verbOf(auth, requirement)
}

function verbOf<Middleware>(auth: Verbs<string, Middleware>, requirement: Requirement): Middleware {
  const { allow, optional, route, scopes } = requirement
  if (scopes !== undefined || optional === false) return auth.require(requirement)
  const names = allow === "any" ? [] : (allow ?? [])
  if (optional === true) return auth.optional(...names)
  if (allow === "any") return auth.any()
  const [first, ...more] = names
  if (first !== undefined && route === undefined) return auth.allow(first, ...more)
  return route !== undefined && allow === undefined ? auth.route(route) : auth.require(requirement)
}

/** The adapter's options for one request of a row, and the header in which its handler says what it saw. */
export function observer(row: ConformanceRow) {
  const decisions: Decision[] = []
  const options: AuthenticatorOptions = {
    now: () => row.now,
    onDecision: (decision) => decisions.push(decision),
  }
  function seen(reached: Pick<Seen, "consumer" | "views" | "path">): string {
    const [decision] = decisions
    if (decisions.length !== 1 || decision === undefined || decision.outcome === "deny") {
      throw new Error(`the handler was reached after ${decisions.map(({ outcome }) => outcome).join(" ")}`)
    }
    const wouldDeny = decision.outcome === "pass" ? decision.wouldDeny?.code : undefined
    return packed({ ...reached, outcome: decision.outcome, wouldDeny: wouldDeny ?? null })
  }
  return { options, seen }
}

/** `auth.get` is the typed way, and the framework's own property the one that everybody expects: one and the same. */
export function same<Auth extends { readonly consumer: string }>(
  known: Auth | undefined,
  property: unknown,
): string | undefined {
  if (property !== known) throw new Error("the property is not what auth.get says")
  return known?.consumer
}
