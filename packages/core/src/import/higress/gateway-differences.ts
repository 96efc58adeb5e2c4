import { joinPath } from "../../config/shape-issues.js"
import type { Findings } from "../findings.js"
import type { GatewayRule } from "./read-rules.js"
import { type Fields, fieldOf, quoted, readTexts } from "./source-values.js"

/** What behaves otherwise here whatever the config says. The documentation has the whole table. */
export function noteDifferences(
  consumers: readonly { readonly require_exp?: boolean | undefined }[],
  path: string,
  found: Findings,
): void {
  if (consumers.some(({ require_exp }) => require_exp !== false)) {
    const there = "a token without exp is accepted"
    found.differs(path, there, "it is refused; require_exp: false on a consumer accepts it")
  }
  found.differs(
    path,
    "iat is not compared with the clock, and a token is good in the second exp + clock_skew_seconds",
    "iat must not be in the future, and the token expires in that second",
  )
  found.differs(
    path,
    "every token of a request must be good, and a prefix may stand anywhere in the header, in this case only",
    "the first place that has a token decides, and the prefix stands at the start, in any case",
  )
  found.differs(
    path,
    "crit of a token is not looked at, nor use and key_ops of a key",
    "tokens with crit are refused, and a key verifies only what its kind, alg, use and key_ops allow",
  )
}

/** Said once, at the first rule that names hosts. */
export function noteHosts(rules: readonly GatewayRule[], found: Findings): void {
  const first = rules.find(({ reach }) => reach.certain?.domain !== undefined)
  if (first === undefined) return
  const there = "the host of a request is compared letter by letter: WWW.EXAMPLE.COM is not www.example.com"
  found.differs(first.path, there, "capitals and a dot at the end do not count, as in DNS")
}

/** Never carried over: what a client leaves out must not decide whether it is asked for a token. */
export function noteEnableHeaders(settings: Fields, path: string, found: Findings): void {
  const at = joinPath(path, "enable_headers")
  const names = readTexts(fieldOf(settings, "enable_headers"), at, found) ?? []
  if (names.length === 0) return
  const there = `a request with none of the headers ${quoted(names)} needs no token`
  found.differs(at, there, "left out: the token is asked for, whichever headers are sent")
}

/** Unset, it depends on whether the gateway has rules; here it would depend on which of them are left. */
export function readGlobalAuth(
  given: boolean | undefined,
  hasRules: boolean,
  path: string,
  found: Findings,
): { readonly global_auth?: boolean } {
  if (given !== undefined) return { global_auth: given }
  if (!hasRules) return {}
  const there = "not set, and there are rules: requests that no rule matches need no token"
  found.info(joinPath(path, "global_auth"), there, "global_auth: false says the same")
  return { global_auth: false }
}
