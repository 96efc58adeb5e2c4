import { newCast } from "./cast.js"
import type { ConformanceRow } from "./row.js"
import { algorithmRows } from "./rows/algorithm.js"
import { askedRows } from "./rows/asked.js"
import { cacheControlRows } from "./rows/cache-control.js"
import { claimRows } from "./rows/claims.js"
import { consumerRows } from "./rows/consumer.js"
import { formRows } from "./rows/form.js"
import { forwardRows } from "./rows/forward.js"
import { gateHeaderRows } from "./rows/gate-headers.js"
import { headerFormRows } from "./rows/header-form.js"
import { hostRows } from "./rows/host.js"
import { jsonFormRows } from "./rows/json-form.js"
import { keyRows } from "./rows/key.js"
import { localConsumerRows } from "./rows/local-consumers.js"
import { pathRows } from "./rows/path.js"
import { preflightRows } from "./rows/preflight.js"
import { refuseRows } from "./rows/refuse.js"
import { requirementRows } from "./rows/requirement.js"
import { ruleRows } from "./rows/rule.js"
import { scopeRows } from "./rows/scopes.js"
import { severalRulesRows } from "./rows/several-rules.js"
import { stripRows } from "./rows/strip.js"
import { tokenRows } from "./rows/token.js"
import { tokenOrderRows } from "./rows/token-order.js"
import { tokenPlaceRows } from "./rows/token-places.js"
import { winnerRows } from "./rows/winner.js"

/**
 * The behaviour of the library as data: every row is to be run through the core, and through every adapter on a real
 * server. To run one, put the adapter with the row's `config`, clock and `requirement` in front of a handler, send the
 * row's `request` byte for byte, note what became of it, and give that to `mismatches`: it must find none.
 *
 * Keys and tokens are made anew on each call.
 */
export async function conformanceRows(): Promise<readonly ConformanceRow[]> {
  const cast = newCast()
  const families = await Promise.all([
    preflightRows(cast),
    localConsumerRows(cast),
    ruleRows(cast),
    hostRows(cast),
    pathRows(cast),
    severalRulesRows(cast),
    askedRows(cast),
    tokenRows(cast),
    tokenPlaceRows(cast),
    tokenOrderRows(cast),
    formRows(cast),
    jsonFormRows(cast),
    headerFormRows(cast),
    consumerRows(cast),
    algorithmRows(),
    keyRows(cast),
    claimRows(cast),
    winnerRows(cast),
    forwardRows(cast),
    gateHeaderRows(cast),
    stripRows(cast),
    cacheControlRows(cast),
    refuseRows(cast),
    scopeRows(cast),
    requirementRows(cast),
  ])
  return families.flat()
}
