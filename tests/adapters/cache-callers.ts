import type { Consumer, JwtAuthConfig } from "@jwt-auth/core"
import { consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import type { Sent } from "@jwt-auth/test-support/http"

const places: Partial<Consumer> = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["t"],
  from_cookies: ["t"],
  claims_to_headers: [{ claim: "sub", header: "X-User" }],
}

/** Everybody is of one consumer: only the token says who. */
export const configOf = (keep_token: boolean, rules: JwtAuthConfig["rules"] = []): JwtAuthConfig => ({
  global_auth: true,
  consumers: [consumer("web", { ...places, keep_token })],
  rules,
})

/** Every way for a caller to show a token, each with both values of `keep_token`. */
export const ways = [
  { place: "Authorization", ask: (token: string) => ({ headers: { Authorization: `Bearer ${token}` } }) },
  { place: "a header of its own", ask: (token: string) => ({ headers: { "X-Token": token } }) },
  { place: "the query", ask: (token: string, path: string) => ({ path: `${path}?t=${token}` }) },
  { place: "a cookie", ask: (token: string) => ({ headers: { Cookie: `t=${token}` } }) },
].flatMap(({ place, ask }) =>
  [true, false].map((keep) => {
    /** The request of a user, or of nobody. */
    const by = (sub?: string, path = "/page"): Sent =>
      sub === undefined ? { path } : { path, ...ask(tokenOf("web", { sub }), path) }
    return { place, keep, by }
  }),
)
