import { ConfigError, error } from "./config/config-error.js"
import type { AuthRequest, Decision } from "./decision.js"

/** What the authenticator needs from outside. */
export interface AuthenticatorOptions {
  /** The clock: seconds since 1970. Default: the system's. */
  readonly now?: () => number
  /**
   * How many tokens are remembered, so that a token that comes again need not be read and its signature not be checked once
   * more; time, rules and scopes are asked on every request. Tokens that do not verify are never remembered. A `reload` forgets
   * all. `false` remembers none. Default: `{ maxEntries: 10_000 }`, which take about 20 MB of ordinary tokens, and at most 80 MB.
   */
  readonly cache?: false | { readonly maxEntries?: number }
  /**
   * Told of every decision, for logs, metrics and traces. What it throws is ignored and never changes a decision. A
   * decision holds claims, which may be personal data, but does not show the token when printed. The request does: its
   * headers and path are as the client sent them.
   */
  readonly onDecision?: (decision: Decision, request: AuthRequest) => void
}

/** The table that finds them takes 16 to 32 bytes for each (`verify/number-index.ts`). */
const mostEntries = 2 ** 23

/** How many tokens are remembered; 0 for none. @throws {ConfigError} */
export function mostTokens({ cache = {} }: AuthenticatorOptions): number {
  if (cache === false) return 0
  if (typeof cache !== "object" || cache === null) {
    throw refusal(
      "cache",
      "is neither false nor an object",
      "Write cache: { maxEntries: 10_000 }, or cache: false for none.",
    )
  }
  const { maxEntries = 10_000, ...others } = cache
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw refusal(`cache.${unknown}`, "is no option", "There is maxEntries, and no other.")
  if (Number.isSafeInteger(maxEntries) && maxEntries > 0 && maxEntries <= mostEntries) return maxEntries
  throw refusal(
    "cache.maxEntries",
    `is not a whole number from 1 to ${mostEntries}`,
    "Give a number of tokens, such as 10_000, or cache: false for none.",
  )
}

/** An option that is silently ignored would be a hole: whoever passes this one relies on it. */
export function refuseLaterOptions(options: object): void {
  if ("isRevoked" in options && options.isRevoked !== undefined)
    throw refusal(
      "isRevoked",
      "is not supported by this version",
      "Leave it out, and keep tokens short-lived.",
    )
}

function refusal(option: string, problem: string, fix: string): ConfigError {
  return new ConfigError([error(`options.${option}`, problem, fix)])
}
