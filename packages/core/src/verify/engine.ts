import type { Algorithm, Jwk } from "../config/document.js"
import type { MaybePromise } from "../maybe-promise.js"

/**
 * Checks signatures by one key under one algorithm. Both texts are ASCII; the signature is canonical base64url and has the one
 * length that it may have. May throw when the signature cannot be checked; a promise never rejects.
 */
export type Verifier = (signingInput: string, signature: string) => MaybePromise<boolean>

/**
 * Imports a key for an algorithm that its kind can do. Takes only the members that make the key: `use`, `key_ops` and `ext`
 * have been judged with the config.
 *
 * @throws for a key that it cannot use
 */
export type Engine = (jwk: Jwk, algorithm: Algorithm) => Verifier
