import type { Algorithm } from "@jwt-auth/core"
import { decodedLength } from "../../packages/core/src/base64url.js"
import { signatureLength } from "../../packages/core/src/config/key-algorithms.js"
import type { Verifier } from "../../packages/core/src/config/policy-key.js"
import type { Engine } from "../../packages/core/src/verify/engine.js"
import { joseEngine } from "../../packages/core/src/verify/jose-engine.js"
import { nodeEngine } from "../../packages/core/src/verify/node-engine.js"
import { createTokenBytes } from "../../packages/core/src/verify/token-bytes.js"
import { bentSignature } from "./bent-signatures.js"
import type { Dice } from "./dice.js"
import { type Disagreement, shownKey } from "./disagreement.js"
import { objectText } from "./json-texts.js"
import { base64url, type FuzzKey, signatureOf } from "./keys.js"

/** The engines, by name. */
export function signatureEngines(): Readonly<Record<string, Engine>> {
  // With room for a signature behind the longest text.
  const onNode = nodeEngine(createTokenBytes(2 * 8192))
  if (onNode === undefined) throw new Error("this is not Node")
  return { node: onNode, jose: joseEngine }
}

/** A question to an engine. */
export interface Question {
  readonly how: string
  readonly key: FuzzKey
  readonly alg: Algorithm
  readonly signingInput: string
  readonly signature: string
  /** What the answer has to be, where that is known. */
  readonly answer?: boolean
}

export function question(keys: readonly FuzzKey[], dice: Dice): Question {
  const key = dice.pick(keys)
  const alg = dice.pick(key.algorithms)
  const text = `${base64url(JSON.stringify({ alg }))}.${base64url(objectText(dice))}`
  const signature = signatureOf(key, alg, text)
  const asked = { key, alg, signingInput: text, signature: base64url(signature) }
  switch (dice.below(4)) {
    case 0:
      return { ...asked, how: "as it is", answer: key.signer !== undefined }
    case 1: {
      const other = otherText(text, dice)
      return { ...asked, how: "another text", signingInput: other, answer: false }
    }
    default: {
      const bent = bentSignature({ key, alg, text, signature }, dice, keys)
      return { ...asked, how: bent.how, signature: base64url(bent.signature) }
    }
  }
}

/** Of the same header, since that says which algorithm it is. */
function otherText(text: string, dice: Dice): string {
  const end = text.indexOf(".") + 1
  const payload = text.slice(end)
  const at = dice.below(payload.length)
  const bent = dice.pick([
    `${payload}AAAA`,
    `AAAA${payload}`,
    payload.slice(0, at) + (payload[at] === "A" ? "B" : "A") + payload.slice(at + 1),
    payload.slice(0, -1),
  ])
  return text.slice(0, end) + bent
}

export type Verifiers = (engine: string, key: FuzzKey, alg: Algorithm) => Verifier | undefined

/** The verifiers of every engine, made once for each key. An engine that does not take a key has none. */
export function verifiersOf(engines: Readonly<Record<string, Engine>>): Verifiers {
  const made = new Map<string, Map<FuzzKey, Verifier | undefined>>()
  return (name, key, alg) => {
    const slot = `${name} ${alg}`
    const byKey = made.get(slot) ?? new Map<FuzzKey, Verifier | undefined>()
    made.set(slot, byKey)
    if (!byKey.has(key))
      byKey.set(
        key,
        attempt(() => engines[name]?.(key.jwk, alg)),
      )
    return byKey.get(key)
  }
}

/** One signature, as every engine judges it. What cannot be checked is not good, nor what has a length that no engine hears of. */
export async function compareEngines(
  names: readonly string[],
  verifiers: Verifiers,
  { how, key, alg, signingInput, signature, answer }: Question,
): Promise<{ disagreement?: Disagreement; good: boolean }> {
  const isHeard = decodedLength(signature.length) === signatureLength(key.jwk, alg)
  const judged = await Promise.all(
    names.map(async (name) => {
      try {
        const verify = isHeard ? verifiers(name, key, alg) : undefined
        return [name, (await verify?.(`${signingInput}.${signature}`, signingInput.length)) ?? false] as const
      } catch {
        return [name, false] as const
      }
    }),
  )
  const good = judged[0]?.[1] === true
  const agree = judged.every(([, verdict]) => verdict === good) && (answer ?? good) === good
  if (agree) return { good }
  return {
    good,
    disagreement: {
      about: "engines",
      how: `${key.name}: ${how}`,
      saw: { ...Object.fromEntries(judged), ...(answer !== undefined && { expected: answer }) },
      input: { alg, key: shownKey(key.jwk), signingInput, signature },
    },
  }
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
