import {
  type AuthenticatorOptions,
  type AuthRequest,
  createAuthenticator,
  type Decision,
  type JwtAuthConfig,
} from "@jwt-auth/core"
import { audience, issuer } from "../tokens/claims.js"
import { requestWith } from "./request.js"
import type { ReadyVerifier, Verifier } from "./verifier.js"

export const ours = "@jwt-auth/core"

/** A whole `decide()`: from the request with all its headers to the decision with its edits. */
export const jwtAuth: Verifier = jwtAuthWith({})

/** The same with other options. */
export function jwtAuthWith(options: AuthenticatorOptions): Verifier {
  return {
    name: ours,
    algorithms: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
    ready: ({ jwk }) =>
      deciderOf(
        { consumers: [{ name: "web", issuer, audiences: [audience], jwks: { keys: [jwk] } }] },
        options,
      ),
  }
}

/** A decider for any config and any request. */
export function deciderOf(
  config: JwtAuthConfig,
  options: AuthenticatorOptions = {},
  request: (token: string) => AuthRequest = requestWith,
): ReadyVerifier {
  const authenticator = createAuthenticator(config, options)
  return {
    present: (token) => {
      const asked = request(token)
      return () => authenticator.decide(asked)
    },
    accepts: (decision) => (decision as Decision).outcome === "allow",
  }
}
