import { describe, expect, it } from "vitest"
import type { Verifier } from "../../src/config/policy-key.js"
import type { Algorithm } from "../../src/index.js"
import { joseEngine } from "../../src/verify/jose-engine.js"
import { nodeEngine } from "../../src/verify/node-engine.js"
import { createTokenBytes } from "../../src/verify/token-bytes.js"
import { base64url, goodClaims, mintKey, signatureOf, type TestKey } from "../keyring.js"

// A signature is checked in place or on a thread, as the load has it. Which of the two must not be seen in the answer.

const newEngine = () => nodeEngine(createTokenBytes(8192)) ?? joseEngine
const onNode = createTokenBytes(8192) !== undefined

interface Signed {
  readonly text: string
  readonly signature: string
}

async function signed(key: TestKey, jti = 0): Promise<Signed> {
  const text = `${base64url({ alg: key.alg })}.${base64url({ ...goodClaims, jti })}`
  return { text, signature: base64url(await signatureOf(key, text)) }
}

/** The same length, and not the signature. */
function bent({ text, signature }: Signed, at: number): Signed {
  const i = at % (signature.length - 1)
  return {
    text,
    signature: signature.slice(0, i) + (signature[i] === "A" ? "B" : "A") + signature.slice(i + 1),
  }
}

const bad = async (verdict: Promise<boolean>) => verdict.catch(() => false)
const verdicts = (all: readonly (boolean | Promise<boolean>)[]) =>
  Promise.all(all.map((one) => (one instanceof Promise ? bad(one) : one)))

/** What the verifier says at once; what it throws means no. */
function ask(verifier: Verifier, { text, signature }: Signed): boolean | Promise<boolean> {
  try {
    return verifier(`${text}.${signature}`, text.length)
  } catch {
    return false
  }
}

const algorithms = ["RS256", "PS384", "ES256", "ES512", "EdDSA"] as const satisfies readonly Algorithm[]

describe.each(algorithms)("%s signatures", async (alg) => {
  const key = await mintKey(alg)
  const tokens = await Promise.all(Array.from({ length: 24 }, (_, i) => signed(key, i)))
  const cases = tokens.flatMap((one, i) => [one, bent(one, 7 * i)])
  const expected = cases.map((_, i) => i % 2 === 0)

  it("are judged alike one after the other and all at once", async () => {
    const verifier = newEngine()(key.jwk, alg)
    const serial: boolean[] = []
    for (const one of cases) serial.push(...(await verdicts([ask(verifier, one)])))
    expect(serial).toEqual(expected)
    expect(await verdicts(cases.map((one) => ask(verifier, one)))).toEqual(expected)
  })

  it("are judged on what was asked, though another question comes while they are away", async () => {
    const verifier = newEngine()(key.jwk, alg)
    for (let round = 0; round < 20; round++) {
      const [good, other] = [tokens[round % 24], tokens[(round + 1) % 24]] as [Signed, Signed]
      const answers = [good, { ...other, text: `${other.text}A` }, good, bent(good, round), other]
      expect(await verdicts(answers.map((one) => ask(verifier, one)))).toEqual([
        true,
        false,
        true,
        false,
        true,
      ])
    }
  })

  it("go back to being checked in place after a burst, also when every one was bad", async () => {
    const verifier = newEngine()(key.jwk, alg)
    const bads = cases.filter((_, i) => i % 2 === 1)
    for (let round = 0; round < 3; round++) await verdicts(bads.map((one) => ask(verifier, one)))
    const [good] = tokens as [Signed, ...Signed[]]
    let inPlace = 0
    for (let i = 0; i < 100; i++) {
      const answer = ask(verifier, good)
      if (!(answer instanceof Promise)) inPlace++
      expect(await answer).toBe(true)
    }
    expect(inPlace).toBe(onNode ? Math.max(inPlace, 85) : 0)
  })
})

describe("a thread that cannot check", () => {
  it("gives its place back: with a key that fails every time, good keys are still checked in place", async () => {
    const engine = newEngine()
    const good = await mintKey("RS256")
    const { text, signature } = await signed(good)
    // The config check lets such a modulus through, and OpenSSL cannot divide by it: some versions say so, others say "bad".
    const even = base64url(new Uint8Array(256).fill(0xfe))
    const broken = engine({ kty: "RSA", n: even, e: "AQAB" }, "RS256")
    for (let round = 0; round < 5; round++) {
      const all = Array.from({ length: 16 }, () => ask(broken, { text, signature }))
      expect(await verdicts(all)).toEqual(Array(16).fill(false))
    }
    const verifier = engine(good.jwk, "RS256")
    let inPlace = 0
    for (let i = 0; i < 100; i++) {
      const answer = ask(verifier, { text, signature })
      if (!(answer instanceof Promise)) inPlace++
      expect(await answer).toBe(true)
    }
    expect(inPlace).toBe(onNode ? Math.max(inPlace, 85) : 0)
  })
})

const lengthOf = ({ text, signature }: Signed) => text.length + 1 + signature.length

describe("a text that is longer than the engine was told", () => {
  it.each(algorithms)("is not judged by its beginning: %s", async (alg) => {
    const key = await mintKey(alg)
    const beginning = await signed(key)
    const engine = nodeEngine(createTokenBytes(lengthOf(beginning))) ?? joseEngine
    const verifier = engine(key.jwk, alg)
    const all = Array.from({ length: 8 }, () =>
      ask(verifier, { ...beginning, text: `${beginning.text}AAAA` }),
    )
    expect(await verdicts(all)).toEqual(Array(8).fill(false))
    expect(await verdicts([ask(verifier, beginning)])).toEqual([true])
  })
})

describe("HMAC", () => {
  it("never goes to a thread, and is judged alike all at once", async () => {
    const key = await mintKey("HS256")
    const verifier = newEngine()(key.jwk, "HS256")
    const one = await signed(key)
    const answers = Array.from({ length: 100 }, (_, i) => ask(verifier, i % 2 === 0 ? one : bent(one, i)))
    if (onNode) expect(answers.filter((answer) => answer instanceof Promise)).toEqual([])
    expect(await verdicts(answers)).toEqual(answers.map((_, i) => i % 2 === 0))
  })
})
