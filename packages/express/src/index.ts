export type { Auth, Denial, JwtAuthConfig, JwtClaims, Requirement } from "@jwt-auth/core"
export { ConfigError } from "@jwt-auth/core"
export { type ExpressJwtAuth, type ExpressOptions, jwtAuth } from "./jwt-auth.js"
