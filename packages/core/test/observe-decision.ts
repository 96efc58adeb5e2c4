import { createAuthenticator, type Decision, denialResponse } from "@jwt-auth/core"
import {
  applyEdits,
  type ConformanceRow,
  headerView,
  type Observation,
  toAuthRequest,
} from "@jwt-auth/core/testing"

/** Runs a row through `decide()`. */
export async function observeDecision({
  config,
  request,
  requirement,
  now,
}: ConformanceRow): Promise<Observation> {
  const authenticator = createAuthenticator(config, { now: () => now })
  const decision = await authenticator.decide(toAuthRequest(request), requirement)
  if (decision.outcome === "deny") return refusal(decision, acceptOf(request))
  const { headers, path } = applyEdits(request, decision.edits)
  return {
    outcome: decision.outcome,
    views: { edits: headerView(headers) },
    path,
    ...(decision.outcome === "allow"
      ? { consumer: decision.auth.consumer, cacheControl: decision.cacheControl ?? null }
      : { wouldDeny: decision.wouldDeny?.code ?? null, cacheControl: null }),
  }
}

function refusal(
  { denial }: Extract<Decision, { outcome: "deny" }>,
  accept: string | undefined,
): Observation {
  const { status, headers, body } = denialResponse(denial, accept)
  return {
    outcome: "deny",
    status,
    code: denial.code,
    wwwAuthenticate: headers["WWW-Authenticate"] ?? null,
    contentType: headers["Content-Type"] ?? null,
    body,
  }
}

function acceptOf({ headers = [] }: ConformanceRow["request"]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === "accept")?.[1]
}
