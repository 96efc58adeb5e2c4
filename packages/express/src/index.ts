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
export { type ExpressJwtAuth, type ExpressOptions, type JwtAuthHandler, jwtAuth } from "./jwt-auth.js"
