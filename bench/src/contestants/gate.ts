import { audience, usualClaims } from "../tokens/claims.js"
import { createSigner, type Signer, type TokenAlgorithm } from "../tokens/signer.js"
import type { ReadyVerifier, Verifier } from "./verifier.js"

/** Sets a verifier up, and lets it in only if it tells good tokens from bad ones: whoever checks less is faster. */
export async function admit(verifier: Verifier, signer: Signer): Promise<ReadyVerifier> {
  const ready = await verifier.ready(signer)
  const fail = (what: string) =>
    new Error(`${verifier.name} ${what}: it is not timed with ${signer.algorithm}`)
  const good = [signer.token(usualClaims()), signer.token(usualClaims())]
  for (const token of good) {
    if (!(await isAccepted(ready, token))) throw fail("refuses a good token")
  }
  const bad = { ...(await forgeries(signer, good)), ...(verifier.signatureOnly ? {} : badClaims(signer)) }
  for (const [what, token] of Object.entries(bad)) {
    if (await isAccepted(ready, token)) throw fail(`accepts a token ${what}`)
  }
  return ready
}

/** @param good tokens that were accepted before: a cache knows them */
async function forgeries(signer: Signer, good: readonly string[]): Promise<Record<string, string>> {
  const stranger = await strangerTo(signer)
  const [[header, , signature], [, otherPayload]] = good.map((token) => token.split(".")) as [
    string[],
    string[],
  ]
  return {
    "signed with another key": stranger.token(usualClaims()),
    "with a changed payload": `${header}.${otherPayload}.${signature}`,
  }
}

function badClaims(signer: Signer): Record<string, string> {
  return {
    "that expired": signer.token(usualClaims({ exp: 1_600_000_000 })),
    "of another issuer": signer.token(usualClaims({ iss: "https://evil.example.com/" })),
    "for another audience": signer.token(usualClaims({ aud: `${audience}/other` })),
  }
}

const strangers = new Map<TokenAlgorithm, Promise<Signer>>()

/** Somebody else with a key of that kind, under the same name. Made once: RSA keys take their time. */
function strangerTo({ algorithm }: Signer): Promise<Signer> {
  const known = strangers.get(algorithm) ?? createSigner(algorithm)
  strangers.set(algorithm, known)
  return known
}

/** Whether a verifier says yes to a token. */
export async function isAccepted(ready: ReadyVerifier, token: string): Promise<boolean> {
  try {
    return ready.accepts(await ready.present(token)())
  } catch {
    return false
  }
}

/** Shows every token once: it must be accepted. Afterwards its key is imported, and it is in a cache with room for it. */
export async function showGood(ready: ReadyVerifier, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    if (!(await isAccepted(ready, token))) throw new Error("a good token is refused: it is not timed")
  }
}

/** Shows tokens of a kind that is to be refused. */
export async function showBad(ready: ReadyVerifier, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    if (await isAccepted(ready, token)) throw new Error("a bad token is accepted: it is not timed")
  }
}
