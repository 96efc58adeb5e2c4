export { type Authenticator, createAuthenticator } from "./authenticator.js"
export type { AuthenticatorOptions } from "./authenticator-options.js"
export { checkConfig, parseConfig } from "./check-config.js"
export { checkRequirement } from "./check-requirement.js"
export { ConfigError, type ConfigIssue } from "./config/config-error.js"
export type {
  Algorithm,
  ClaimToHeader,
  Consumer,
  HeaderPlace,
  Jwk,
  Jwks,
  JwtAuthConfig,
  Rule,
  RuleMatch,
} from "./config/document.js"
export type {
  Auth,
  AuthRequest,
  Decision,
  Denial,
  HeaderEdit,
  JwsHeader,
  JwtClaims,
  RequestEdits,
  Requirement,
} from "./decision.js"
export type { DenialCode } from "./denials.js"
export { type DenialResponse, denialResponse } from "./forward/denial-response.js"
export type { Attempt, Reason } from "./reasons.js"
export { type Verbs, verbs } from "./verbs.js"
