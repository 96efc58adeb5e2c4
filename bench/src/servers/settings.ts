import type { TokenAlgorithm, VerificationJwk } from "../tokens/signer.js"

/** Whose tokens a server program accepts. */
export interface Settings {
  readonly algorithm: TokenAlgorithm
  readonly issuer: string
  readonly audience: string
  /** The public key, or the secret. */
  readonly jwk: VerificationJwk
}

/** The subject of all tokens, and whom the programs without authentication take every caller for: answers are alike. */
export const anyone = "alice"

const variable = "BENCH_SETTINGS"

/** For the process that starts a server program. */
export function environmentFor(settings: Settings): NodeJS.ProcessEnv {
  return { [variable]: JSON.stringify(settings), NODE_ENV: "production" }
}

/** For the server program. */
export function readSettings(): Settings {
  return JSON.parse(process.env[variable] ?? "") as Settings
}
