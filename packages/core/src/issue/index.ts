export { type CallerClaims, createIssuer, type Issuer, type IssuerOptions } from "./create-issuer.js"
export { type GeneratedKey, type GenerateKeyOptions, generateKey } from "./generate-key.js"
export type { ReservedClaim } from "./payload.js"
