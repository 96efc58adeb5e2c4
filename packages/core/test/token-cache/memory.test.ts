import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { describe, expect, it } from "vitest"
import type { AuthRequest } from "../../src/index.js"
import { type CompactJws, parseCompactJws } from "../../src/verify/compact-jws.js"
import { createQueue } from "../../src/verify/eviction-queue.js"
import { createTokenCache } from "../../src/verify/token-cache.js"
import {
  base64url,
  consumer,
  gate,
  goodClaims,
  judge,
  mintKey,
  request,
  sign,
  type TestKey,
} from "../keyring.js"

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void

function heap(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

const megabyte = 2 ** 20
const key = await mintKey("HS256")

async function tokens(signer: TestKey, count: number): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: count }, (_, jti) => sign(signer, { payload: { ...goodClaims, jti } })),
  )
}

describe("a remembered token", () => {
  const filler = "x".repeat(megabyte)
  const headers = { from_headers: [{ name: "X-Token", value_prefix: "Bearer " }] }

  it.each<[string, object, (token: string) => AuthRequest]>([
    [
      "cookie",
      { from_cookies: ["c"] },
      (token) => request({ headers: { cookie: `a=${filler}; c=${token}` } }),
    ],
    [
      "quoted cookie",
      { from_cookies: ["c"] },
      (token) => request({ headers: { cookie: `a=${filler}; c="${token}"` } }),
    ],
    ["URL", { from_params: ["t"] }, (token) => request({ path: `/?a=${filler}&t=${token}` })],
    ["header", headers, (token) => request({ headers: { "x-token": `Bearer ${token}`, "x-other": filler } })],
  ])("does not hold on to the %s that it was cut from", async (_, places, requestWith) => {
    const door = gate(consumer(key, places))
    const all = await tokens(key, 30)
    await judge(door, requestWith(all[0] ?? ""))
    const before = heap()
    for (const token of all)
      for (let i = 0; i < 2; i++) expect(await judge(door, requestWith(token))).toBe("allow web")
    expect((heap() - before) / megabyte).toBeLessThan(10)
  })
})

describe("what all remembered tokens weigh is bounded", () => {
  const full = (start: string) => `${start}"a":[${"{},".repeat(1900)}{}]}`
  const head = (i: number) => `{"alg":"HS256","i":${i}`

  it.each([
    ["payloads", (i: number) => [`${head(i)}}`, full("{")]],
    ["headers", (i: number) => [full(`${head(i)},`), "{}"]],
  ] as const)("though their %s are full of empty objects", (_, partsOf) => {
    const count = 300
    const cache = createTokenCache(count)
    const texts = Array.from({ length: count }, (_, i) => {
      const [header, payload] = partsOf(i) as [string, string]
      return `${base64url(header)}.${base64url(payload)}.${String(i).padStart(43, "A").replace(/.$/, "A")}`
    })
    for (const text of texts) {
      const jws = parseCompactJws(text)
      expect(jws).toBeTypeOf("object")
      cache.add(jws as CompactJws)
    }
    // An empty object takes 64 bytes and more, with its place in the list.
    const remembered = texts.filter((text) => cache.get(text) !== undefined).length
    expect(remembered * 1900 * 64).toBeLessThan(count * 8192)
    expect(remembered).toBeGreaterThan(0)
  })

  it("also when 20,000 came and went: who is gone leaves nothing", () => {
    const cache = createTokenCache(100)
    const [header, payload] = [base64url({ alg: "HS256" }), base64url(goodClaims)]
    const comeTwice = (i: number) => {
      for (let time = 0; time < 2; time++)
        cache.add(
          parseCompactJws(`${header}.${payload}.${base64url(`${i}`.padStart(33, "0"))}`) as CompactJws,
        )
    }
    for (let i = 0; i < 1000; i++) comeTwice(i)
    const before = heap()
    for (let i = 1000; i < 20_000; i++) comeTwice(i)
    expect((heap() - before) / megabyte).toBeLessThan(2)
    comeTwice(-1)
    expect(cache.get(`${header}.${payload}.${base64url("-1".padStart(33, "0"))}`)).toBeDefined()
  })

  it("also in the queue: the places of a million that are gone are given back", () => {
    const queue = createQueue<{ bytes: number; recent: boolean }>()
    const one = { bytes: 1, recent: false }
    for (let i = 0; i < 100; i++) queue.add(one)
    const before = heap()
    for (let i = 0; i < 1_000_000; i++) {
      queue.add(one)
      queue.evict()
    }
    expect((heap() - before) / megabyte).toBeLessThan(2)
    expect([queue.size, queue.bytes]).toEqual([100, 100])
  })
})
