import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { signersOf } from "./signers.js"

/** What is left when no key of the config made the signature. `more` says what else was tried. */
export async function rotationHint(
  finding: Finding,
  jws: CompactJws,
  more = "",
): Promise<string | undefined> {
  const { triedAll } = await signersOf(finding, jws)
  if (!triedAll) return undefined
  return `No key that verifies tokens here made the signature${more}. If the issuer has rotated its keys, put its current key set into jwks, and keep the old keys until their tokens have expired.`
}
