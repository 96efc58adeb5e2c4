import { JwtVerifier } from "aws-jwt-verify"
import { audience, issuer } from "../tokens/claims.js"
import { freshString } from "../tokens/fresh-string.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

/** Its synchronous verifier, with the key set in its cache. */
export const awsJwtVerify: Verifier = {
  name: "aws-jwt-verify",
  algorithms: ["RS256", "ES256", "EdDSA"],
  ready({ jwk }) {
    const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}jwks.json` })
    verifier.cacheJwks({ keys: [jwk] })
    return {
      present: (token) => {
        const taken = freshString(token)
        return () => verifier.verifySync(taken)
      },
      accepts: unlessItThrows,
    }
  },
}
