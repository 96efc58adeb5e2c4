import type { Algorithm, Jwk } from "../config/document.js"
import type { Verifier } from "../config/policy-key.js"

/**
 * Imports a key for an algorithm that its kind can do. Takes only the members that make the key: `use`, `key_ops` and `ext`
 * have been judged with the config.
 *
 * @returns refuses every signature that has not the one length of this key's: OpenSSL takes an RSA-PSS signature without its
 *   leading zero bytes, which would give one token two spellings
 * @throws for a key that it cannot use
 */
export type Engine = (jwk: Jwk, algorithm: Algorithm) => Verifier
