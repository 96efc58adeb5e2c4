export type {
  Auth,
  Authenticator,
  Decision,
  Denial,
  JwtAuthConfig,
  JwtClaims,
  Requirement,
} from "@jwt-auth/core"
export { ConfigError, denialResponse } from "@jwt-auth/core"
export {
  type HonoJwtAuth,
  type HonoOptions,
  type JwtAuthEnv,
  type JwtAuthMiddleware,
  jwtAuth,
} from "./jwt-auth.js"
