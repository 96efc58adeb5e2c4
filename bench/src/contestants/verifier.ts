import type { Signer, TokenAlgorithm } from "../tokens/signer.js"

/** A way of verifying tokens, set up as its users do who care for speed. */
export interface Verifier {
  readonly name: string
  readonly algorithms: readonly TokenAlgorithm[]
  /** Checks the signature and nothing else: a yardstick, not a way to authenticate anybody. */
  readonly signatureOnly?: true
  /** Sets it up for the tokens of a signer: keys imported, options read. */
  ready(signer: Signer): ReadyVerifier | Promise<ReadyVerifier>
}

/** A verifier that can be timed. */
export interface ReadyVerifier {
  /** Makes what a server would have in hand, outside of the timed part. What it returns is the timed part. */
  present(token: string): () => unknown
  /** Whether a result says yes. A refusal may also be thrown or rejected. */
  accepts(result: unknown): boolean
}

/** Of verifiers that throw at whatever they refuse. */
export const unlessItThrows = () => true
