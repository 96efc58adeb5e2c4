export type { Auth, Denial, JwtAuthConfig, JwtClaims, Requirement } from "@jwt-auth/core"
export { ConfigError } from "@jwt-auth/core"
export { type ExpressJwtAuth, type ExpressOptions, type JwtAuthHandler, jwtAuth } from "./jwt-auth.js"
