import { awsJwtVerify } from "./aws-jwt-verify.js"
import { fastJwt } from "./fast-jwt.js"
import { honoJwt } from "./hono-jwt.js"
import { jose } from "./jose.js"
import { jsonWebToken } from "./jsonwebtoken.js"
import type { Verifier } from "./verifier.js"

/** The libraries that Node programs verify tokens with. */
export const peers: readonly Verifier[] = [fastJwt, jsonWebToken, jose, awsJwtVerify, honoJwt]
