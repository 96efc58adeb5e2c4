import { verify } from "hono/jwt"
import { audience, issuer } from "../tokens/claims.js"
import { freshString } from "../tokens/fresh-string.js"
import { cryptoKeyOf } from "./crypto-key.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

/** What Hono's own middlewares call. */
export const honoJwt: Verifier = {
  name: "hono/jwt",
  algorithms: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
  async ready(signer) {
    const key = await cryptoKeyOf(signer)
    const options = { alg: signer.algorithm, iss: issuer, aud: audience }
    return {
      present: (token) => {
        const taken = freshString(token)
        return () => verify(taken, key, options)
      },
      accepts: unlessItThrows,
    }
  },
}
