import jsonwebtoken from "jsonwebtoken"
import { audience, issuer } from "../tokens/claims.js"
import { freshString } from "../tokens/fresh-string.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

/** With a `KeyObject`: text or bytes would be made into a key for every token. */
export const jsonWebToken: Verifier = {
  name: "jsonwebtoken",
  algorithms: ["HS256", "RS256", "PS256", "ES256"],
  ready({ algorithm, key }) {
    if (algorithm === "EdDSA") throw new Error("jsonwebtoken has no EdDSA")
    const options = { algorithms: [algorithm], issuer, audience }
    return {
      present: (token) => {
        const taken = freshString(token)
        return () => jsonwebtoken.verify(taken, key, options)
      },
      accepts: unlessItThrows,
    }
  },
}
