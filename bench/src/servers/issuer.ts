import { audience, issuer, usualClaims } from "../tokens/claims.js"
import { createSigner, type TokenAlgorithm } from "../tokens/signer.js"
import { anyone, type Settings } from "./settings.js"

/** Whose tokens a server program with these settings accepts. */
export interface Issuer {
  readonly settings: Settings
  /** So many tokens from an endless row in which all are different. Those that were asked for before are not made again. */
  tokens(count: number, from?: number): readonly string[]
  /** A token that says the same, with the signature of another key. */
  readonly badToken: string
}

export async function makeIssuer(algorithm: TokenAlgorithm): Promise<Issuer> {
  const signer = await createSigner(algorithm)
  const stranger = await createSigner(algorithm, signer.kid)
  const claims = () => usualClaims({ sub: anyone })
  const tokens: string[] = []
  return {
    settings: { algorithm, issuer, audience, jwk: signer.jwk },
    tokens(count, from = 0) {
      while (tokens.length < from + count) tokens.push(signer.token(claims()))
      return tokens.slice(from, from + count)
    },
    badToken: stranger.token(claims()),
  }
}
