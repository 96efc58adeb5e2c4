import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { show } from "../show.js"
import { signersOf } from "./signers.js"

/** What is nearly right about a claim. */
export interface NearMiss {
  readonly what: string
  /** What to take over from the token into the config, if anything. */
  readonly copy?: string
}

/** Nothing is taken over from a token that somebody else may have written: only the consumer's own signature proves it. */
export async function missInWords(
  { what, copy }: NearMiss,
  finding: Finding,
  jws: CompactJws,
): Promise<string> {
  if (copy === undefined) return what
  const { found, triedAll } = await signersOf(finding, jws)
  const name = show(finding.consumer.name)
  if (found.has(finding.consumer)) return `${what} The signature is by a key of ${name}: ${copy}.`
  return triedAll
    ? `${what} The signature is by no key of ${name}: check first who signed the token.`
    : `${what} Check first who signed the token.`
}
