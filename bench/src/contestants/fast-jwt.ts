import { createVerifier, type VerifierOptions } from "fast-jwt"
import { audience, issuer } from "../tokens/claims.js"
import { freshString } from "../tokens/fresh-string.js"
import type { Signer } from "../tokens/signer.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

/** Its synchronous verifier, without its cache. */
export const fastJwt: Verifier = verifierOf("fast-jwt", { cache: false })

/** With its cache, as large as there are live tokens. */
export function fastJwtCached(entries: number): Verifier {
  return verifierOf("fast-jwt, cache", cacheOf(entries))
}

/** With its cache under whole tokens, which its manual names as the faster choice, instead of under their hashes. */
export function fastJwtCachedByToken(entries: number): Verifier {
  return verifierOf("fast-jwt, cache by token", { ...cacheOf(entries), cacheKeyBuilder: (token) => token })
}

/** No entry is to run out during a run. */
function cacheOf(entries: number): VerifierOptions {
  return { cache: Math.max(1_000, entries), cacheTTL: Number.POSITIVE_INFINITY }
}

function verifierOf(name: string, options: VerifierOptions): Verifier {
  return {
    name,
    algorithms: ["HS256", "RS256", "PS256", "ES256", "EdDSA"],
    ready(signer) {
      const { algorithm } = signer
      const verify = createVerifier({
        key: keyOf(signer),
        algorithms: [algorithm],
        allowedIss: issuer,
        allowedAud: audience,
        ...options,
      }) as (token: string) => unknown
      return {
        present: (token) => {
          const taken = freshString(token)
          return () => verify(taken)
        },
        accepts: unlessItThrows,
      }
    },
  }
}

/** It takes a secret, or a public key as PEM, and makes the key object itself, once. */
function keyOf({ algorithm, key }: Signer): string | Buffer {
  return algorithm === "HS256" ? key.export() : key.export({ format: "pem", type: "spki" }).toString()
}
