import type { PolicyKey } from "../../config/policy-key.js"
import type { CompactJws } from "../../verify/compact-jws.js"
import type { Finding } from "../finding.js"
import { otherKeyHint } from "./other-keys.js"
import { publicKeyTextHint } from "./public-key-text.js"
import { rotationHint } from "./rotation.js"
import { secretSpellingHint } from "./secret-spellings.js"
import { signatureFormHint } from "./signature-form.js"

/** Who or what made a signature that the keys asked for have not made. */
export async function signatureHint(finding: Finding): Promise<string | undefined> {
  const { jws, consumer } = finding
  if (jws === undefined) return undefined
  return (
    (await otherKeyHint(finding, jws)) ??
    (jws.header.alg.startsWith("HS") ? await secretHint(finding, jws, consumer.keys) : undefined) ??
    signatureFormHint(finding, jws) ??
    (await rotationHint(finding, jws, ": it is by another key, or the token was changed after it was signed"))
  )
}

async function secretHint(finding: Finding, jws: CompactJws, keys: readonly PolicyKey[]) {
  return (await secretSpellingHint(finding, jws)) ?? (await publicKeyTextHint(keys, finding, jws))
}
