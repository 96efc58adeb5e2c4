import { describe, expect, test } from "vitest"
import { createSigner } from "../tokens/signer.js"
import { fastJwtCached, fastJwtCachedByToken } from "./fast-jwt.js"
import { admit } from "./gate.js"
import { jwtAuth, jwtAuthWith } from "./jwt-auth.js"
import { peers } from "./peers.js"
import { rawPool, rawSync } from "./raw.js"
import { unlessItThrows, type Verifier } from "./verifier.js"

const timed: readonly Verifier[] = [
  jwtAuth,
  { ...jwtAuthWith({ cache: false }), name: "@jwt-auth/core without its cache" },
  rawSync,
  rawPool,
  ...peers,
  fastJwtCached(1_000),
  fastJwtCachedByToken(1_000),
]
const cases = timed.flatMap((verifier) => verifier.algorithms.map((algorithm) => ({ verifier, algorithm })))

const signers = {
  HS256: createSigner("HS256"),
  RS256: createSigner("RS256"),
  PS256: createSigner("PS256"),
  ES256: createSigner("ES256"),
  EdDSA: createSigner("EdDSA"),
}

describe("who is timed", () => {
  test.each(cases)(
    "$verifier.name accepts good $algorithm tokens and refuses bad ones",
    async ({ verifier, algorithm }) => {
      await expect(admit(verifier, await signers[algorithm])).resolves.toBeDefined()
    },
  )
})

describe("the gate", () => {
  const answering = (verify: (token: string) => unknown): Verifier => ({
    name: "somebody",
    algorithms: ["HS256"],
    ready: () => ({ present: (token) => () => verify(token), accepts: unlessItThrows }),
  })
  const refuse = () => {
    throw new Error("no")
  }

  test("keeps out who accepts everything", async () => {
    const anything = answering(() => true)
    await expect(admit(anything, await createSigner("HS256"))).rejects.toThrow(
      "somebody accepts a token signed with",
    )
  })

  test("keeps out who refuses everything", async () => {
    await expect(admit(answering(refuse), await createSigner("HS256"))).rejects.toThrow(
      "somebody refuses a good",
    )
  })

  test("keeps out who checks the signature and nothing else, unless it says so", async () => {
    const { signatureOnly: _, ...pretending } = rawSync
    const signer = await createSigner("ES256")
    await expect(admit(pretending, signer)).rejects.toThrow("accepts a token that expired")
    await expect(admit(rawSync, signer)).resolves.toBeDefined()
  })

  test("keeps out who remembers a signature and does not look at what it signs", async () => {
    const signer = await createSigner("HS256")
    const ready = await jwtAuth.ready(signer)
    const seen = new Set<string | undefined>()
    const forgetful = answering(async (token) => {
      const signature = token.split(".")[2]
      if (seen.has(signature)) return
      if (!ready.accepts(await ready.present(token)())) throw new Error("no")
      seen.add(signature)
    })
    await expect(admit(forgetful, signer)).rejects.toThrow("with a changed payload")
  })
})
