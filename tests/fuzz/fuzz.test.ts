import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as onNode from "@jwt-auth/core"
import { describe, expect, it } from "vitest"
import type { Verifier } from "../../packages/core/src/config/policy-key.js"
import { compareDecisions, requestsOf } from "./compare-decisions.js"
import { compareEngines, question, signatureEngines, verifiersOf } from "./compare-engines.js"
import { compareReaders, segmentReaders } from "./compare-readers.js"
import { Dice } from "./dice.js"
import { makeKeys } from "./keys.js"
import { coreWithoutNode } from "./two-cores.js"

// A fuzzer that finds nothing is worth as much as what it would find: here it is given something.

const seed = 7515
const keys = await makeKeys(new Dice(seed))
// But for those of one byte and of zeros, which may stand anywhere.
const secrets = keys.flatMap(({ jwk: { kty, k = "" } }) => (kty === "oct" && /[^A]{9}/.test(k) ? [k] : []))

describe("the fuzzer finds", () => {
  const says = (verdict: boolean) => (): Verifier => () => verdict
  const throws = () => (): boolean => {
    throw new Error("cannot be checked")
  }

  it.each([
    ["an engine that takes everything", says(true)],
    ["an engine that takes nothing", says(false)],
    ["an engine that cannot check", throws],
    [
      "an engine that imports no key",
      () => {
        throw new Error("no key")
      },
    ],
  ])("%s", async (_, broken) => {
    const engines = { ...signatureEngines(), broken }
    const verifiers = verifiersOf(engines)
    const dice = new Dice(seed)
    const found = []
    for (let i = 0; i < 100; i++) {
      const { disagreement } = await compareEngines(Object.keys(engines), verifiers, question(keys, dice))
      if (disagreement !== undefined) found.push(disagreement)
    }
    expect(found.length).toBeGreaterThan(5)
    const text = JSON.stringify(found)
    expect(secrets.length).toBeGreaterThan(3)
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
    expect(found[0]?.input).toHaveProperty("signingInput")
  })

  it("two engines that are wrong in the same way: a true signature that both refuse", async () => {
    const engines = { a: says(false), b: says(false) }
    const dice = new Dice(seed)
    let found = 0
    for (let i = 0; i < 50; i++) {
      const result = await compareEngines(Object.keys(engines), verifiersOf(engines), question(keys, dice))
      if (result.disagreement !== undefined) found++
    }
    expect(found).toBeGreaterThan(0)
  })

  const { portable } = segmentReaders()
  const json = (segment: string) => {
    try {
      const value: unknown = JSON.parse(Buffer.from(segment, "base64url").toString())
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
      return isObject ? { value: value as Record<string, unknown>, nodes: 0 } : undefined
    } catch {
      return undefined
    }
  }

  it.each([
    ["forgives a spelling", { takes: () => true, object: portable?.object ?? json }],
    ["forgives JSON", { takes: portable?.takes ?? (() => true), object: json }],
  ])("a reader that %s", (_, lenient) => {
    const dice = new Dice(seed)
    const readers = { portable: portable ?? lenient, lenient }
    const found = Array.from({ length: 200 }, () => compareReaders(readers, dice).disagreement)
    expect(found.filter((one) => one !== undefined).length).toBeGreaterThan(0)
  })

  it("two gates that decide otherwise, be it only by the reason of a refusal", async () => {
    const consumer = {
      name: "a",
      issuer: "all",
      jwks: { keys: keys.map(({ jwk }) => jwk) },
      allow_weak_hmac: true,
    }
    const gate = (name: string) =>
      onNode.createAuthenticator(
        { global_auth: true, consumers: [{ ...consumer, name }] },
        { now: () => 2e9 },
      )
    const gates = { a: gate("a"), b: gate("b") }
    const found = []
    for (const asked of requestsOf(keys, new Dice(seed), 100)) {
      const { disagreement } = await compareDecisions(gates, asked)
      if (disagreement !== undefined) found.push(JSON.stringify(disagreement.saw))
    }
    expect(found.some((saw) => saw.includes("signature_invalid"))).toBe(true)
    expect(found.some((saw) => saw.includes('\\"outcome\\":\\"allow\\"'))).toBe(true)
  })
})

describe("what the fuzzer compares", () => {
  it("is the core on Node, which answers HS256 at once, and the core without, which cannot", async () => {
    const secret = keys.find(({ jwk }) => jwk.kty === "oct")
    if (secret === undefined) throw new Error("no secret")
    const consumers = [{ name: "a", issuer: "all", jwks: { keys: [secret.jwk] } }]
    const some = requestsOf([secret], new Dice(seed), 60).map(({ request }) => request)
    const waits = (core: typeof onNode) => {
      const gate = core.createAuthenticator({ global_auth: true, consumers }, { now: () => 2e9 })
      return some.filter((request) => gate.decide(request) instanceof Promise).length
    }
    expect(waits(onNode)).toBe(0)
    expect(waits(await coreWithoutNode())).toBeGreaterThan(0)
  })

  it("follows from the seed", () => {
    const texts = (of: number) =>
      Array.from(
        { length: 5 },
        (
          (dice) => () =>
            question(keys, dice).signingInput
        )(new Dice(of)),
      )
    expect(texts(1)).toEqual(texts(1))
    expect(texts(1)).not.toEqual(texts(2))
  })

  it("holds keys of every algorithm, and some that are odd", () => {
    expect(new Set(keys.flatMap(({ algorithms }) => algorithms)).size).toBe(13)
    expect(keys.filter(({ signer }) => signer === undefined).length).toBeGreaterThan(5)
  })
})

describe("pnpm fuzz", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url))
  const fuzz = (...args: string[]) => {
    const program = ["--import", "tsx", "--conditions=@jwt-auth/source", "fuzz.ts", ...args]
    return spawnSync(process.execPath, program, {
      cwd: `${root}tests/fuzz`,
      encoding: "utf8",
      env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.json` },
    })
  }

  it("ends with one line that has the counts and the seed", () => {
    const { status, stdout, stderr } = fuzz("--minutes", "0.01", "--seed", "5")
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toMatch(/^\d+ engines \(\d+ good\), .*, 0 disagreements, seed 5\n$/)
  })

  it("explains itself, and what it does not understand is an error", () => {
    expect(fuzz("--help").stdout).toContain("--seed")
    expect(fuzz("--minutes", "0").status).toBe(1)
    expect(fuzz("--seed", "x").status).toBe(1)
    expect(fuzz("--second", "1").status).toBe(1)
  })
})
