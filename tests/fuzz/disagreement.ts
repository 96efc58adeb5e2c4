/** Two ways that came to two ends, or an end that cannot be right. */
export interface Disagreement {
  readonly about: "engines" | "readers" | "decisions"
  /** What was done to the token, in words. */
  readonly how: string
  readonly saw: Readonly<Record<string, unknown>>
  /** All that one needs to see it again; never a private key or a secret. */
  readonly input: Readonly<Record<string, unknown>>
}

/** A key as it may be shown. */
export function shownKey(jwk: object): object {
  return "k" in jwk && "kty" in jwk && jwk.kty === "oct" ? { ...jwk, k: "(follows from the seed)" } : jwk
}
