import { jwtVerify } from "jose"
import { audience, issuer } from "../tokens/claims.js"
import { freshString } from "../tokens/fresh-string.js"
import { cryptoKeyOf } from "./crypto-key.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

export const jose: Verifier = {
  name: "jose",
  algorithms: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
  async ready(signer) {
    const key = await cryptoKeyOf(signer)
    const options = { algorithms: [signer.algorithm], issuer, audience }
    return {
      present: (token) => {
        const taken = freshString(token)
        return () => jwtVerify(taken, key, options)
      },
      accepts: unlessItThrows,
    }
  },
}
