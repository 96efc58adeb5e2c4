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
  type JwtAuthMiddleware,
  type JwtAuthState,
  jwtAuth,
  type KoaJwtAuth,
  type KoaOptions,
} from "./jwt-auth.js"
