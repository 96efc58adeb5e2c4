import { describe, expect, it } from "vitest"
import type { CompactJws } from "./compact-jws.js"
import { createTokenCache, type TokenCache } from "./token-cache.js"

interface Fields {
  readonly payload?: string
  readonly header?: string
  readonly nodes?: number
  readonly sharesHeader?: boolean
}

/** A token that has verified, read anew with each call. No two names have one ending. */
function jws(name: string, fields: Fields = {}): CompactJws {
  const { payload = "p".repeat(200), header = "h".repeat(20), nodes = 5, sharesHeader = false } = fields
  const token = `${header}.${payload}.${name.padStart(43, "_")}`
  // What else is known of a token, the cache does not look at.
  return {
    token,
    header: { alg: "HS256" },
    claims: { sub: name },
    sharesHeader,
    nodes,
    bytes: 0,
    recent: false,
  } as CompactJws
}

/** Names of tokens. */
function many(count: number, name: string): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${name}${i}`)
}

const heaviest = { nodes: 2000, payload: "p".repeat(8000) }

/** A request with each of them, one after the other: what is not remembered is read, verified and offered. */
function come(cache: TokenCache, names: readonly string[], fields: Fields = {}): void {
  for (const name of names) {
    const one = jws(name, fields)
    if (cache.get(one.token) === undefined) cache.add(one)
  }
}

function comeTwice(cache: TokenCache, names: readonly string[], fields: Fields = {}): void {
  for (const name of names) for (let i = 0; i < 2; i++) come(cache, [name], fields)
}

/** How many of them are remembered. To ask changes what is: each is asked for once more. */
function remembered(cache: TokenCache, names: readonly string[], fields: Fields = {}): number {
  return names.filter((name) => cache.get(jws(name, fields).token) !== undefined).length
}

describe("a cache of tokens", () => {
  it("gives back the very same one", () => {
    const cache = createTokenCache(10)
    const one = jws("a")
    cache.add(one)
    expect(cache.get(one.token)).toBe(one)
  })

  it("gives nothing for a token that ends alike but is another", () => {
    const cache = createTokenCache(10)
    const one = jws("a")
    const forged = jws("a", { payload: "q".repeat(200) })
    expect(forged.token.slice(-43)).toBe(one.token.slice(-43))
    cache.add(one)
    expect([cache.get(forged.token), cache.get(one.token)]).toEqual([undefined, one])
  })

  it("gives nothing for a token of which one character is another", () => {
    const cache = createTokenCache(10)
    const { token } = jws("a")
    come(cache, ["a"])
    for (let i = 0; i < token.length; i++) {
      const changed = `${token.slice(0, i)}${token[i] === "x" ? "y" : "x"}${token.slice(i + 1)}`
      expect(cache.get(changed)).toBeUndefined()
    }
    const others = [token.slice(0, -1), `${token}x`, "", "a", token.slice(-10)]
    expect(others.map((other) => cache.get(other))).toEqual(others.map(() => undefined))
  })

  it.each([1, 2, 3, 9, 10, 11, 100, 1000])("of %i never holds more", (most) => {
    const cache = createTokenCache(most)
    const names = many(3 * most + 5, "a")
    for (const [i, name] of names.entries()) (i % 3 === 0 ? comeTwice : come)(cache, [name])
    expect(remembered(cache, names)).toBe(most)
  })

  it("keeps a bounded number of bytes: of tokens of 8 kB full of empty objects far fewer fit", () => {
    for (const arrive of [come, comeTwice]) {
      const cache = createTokenCache(1000)
      const heavy = many(1000, "heavy")
      arrive(cache, heavy, heaviest)
      expect(remembered(cache, heavy, heaviest)).toBeLessThanOrEqual((1000 * 8192) / (2000 * 64))
      expect(remembered(cache, heavy, heaviest)).toBeGreaterThan(0)
    }
  })

  it("takes the same token from several requests at once as one", () => {
    const cache = createTokenCache(3)
    for (let i = 0; i < 3; i++) cache.add(jws("a"))
    come(cache, ["b", "c"])
    expect(remembered(cache, ["a", "b", "c"])).toBe(3)
  })
})

describe("two tokens of one number", () => {
  // The ending is all that makes the number; 61 · "a" + "m" and 61 · "b" + "0" are one sum.
  const pairs: [string, () => CompactJws, () => CompactJws][] = [
    ["that end alike", () => jws("a"), () => jws("a", { payload: "q".repeat(200) })],
    ["whose endings make one number", () => jws("am"), () => jws("b0")],
  ]

  it.each(pairs)("%s never serve each other, and the one that came first stays", (_, read, readOther) => {
    const cache = createTokenCache(10)
    const [one, other] = [read(), readOther()]
    cache.add(one)
    for (let i = 0; i < 3; i++) {
      expect(cache.get(other.token)).toBeUndefined()
      cache.add(readOther())
    }
    expect([cache.get(one.token), cache.get(other.token)]).toEqual([one, undefined])
  })

  it.each(pairs)("%s do so in a full cache too: the second takes nobody's place", (_, read, readOther) => {
    const cache = createTokenCache(3)
    const one = read()
    cache.add(one)
    come(cache, ["x", "y"])
    for (let i = 0; i < 5; i++) cache.add(readOther())
    expect([cache.get(one.token), cache.get(readOther().token)]).toEqual([one, undefined])
    expect(remembered(cache, ["x", "y"])).toBe(2)
  })

  it.each(pairs)("%s come one after the other, once the first is gone", (_, read, readOther) => {
    const cache = createTokenCache(1)
    const [one, other] = [read(), readOther()]
    cache.add(one)
    comeTwice(cache, ["x"])
    expect([cache.get(one.token), cache.get(other.token)]).toEqual([undefined, undefined])
    for (let i = 0; i < 2; i++) cache.add(readOther())
    expect([cache.get(one.token), cache.get(other.token)?.token]).toEqual([undefined, other.token])
  })
})

describe("a cache with room", () => {
  it.each([1, 2, 10, 1000])("of %i takes every token when it comes first", (most) => {
    const cache = createTokenCache(most)
    come(cache, many(most, "a"))
    expect(remembered(cache, many(most, "a"))).toBe(most)
  })
})

describe("a full cache", () => {
  it.each([1, 2, 10, 1000])("of %i takes a token when it comes a second time, and not before", (most) => {
    const cache = createTokenCache(most)
    come(cache, many(most, "a"))
    come(cache, ["new"])
    expect([cache.get(jws("new").token), remembered(cache, many(most, "a"))]).toEqual([undefined, most])
    come(cache, ["new"])
    expect(cache.get(jws("new").token)?.claims).toEqual({ sub: "new" })
    expect(remembered(cache, many(most, "a"))).toBe(most - 1)
  })

  it("counts one reading once, however many consumers it verifies for", () => {
    const cache = createTokenCache(2)
    come(cache, ["a", "b"])
    const one = jws("new")
    for (let i = 0; i < 5; i++) cache.add(one)
    expect(cache.get(one.token)).toBeUndefined()
    expect(remembered(cache, ["a", "b"])).toBe(2)
  })

  it("lets the first one go that was not asked for", () => {
    const cache = createTokenCache(4)
    come(cache, ["a", "b", "c", "d"])
    remembered(cache, ["a", "c"])
    comeTwice(cache, ["new"])
    expect(["a", "b", "c", "d", "new"].map((name) => remembered(cache, [name]))).toEqual([1, 0, 1, 1, 1])
  })

  it.each([10, 100, 1000])("of %i keeps everybody when thousands come that come once", (most) => {
    const cache = createTokenCache(most)
    const known = many(most, "known")
    come(cache, known)
    come(cache, many(5000, "flood"))
    expect(remembered(cache, known)).toBe(most)
  })

  it("keeps everybody also when those that come once are as heavy as a token can be", () => {
    const cache = createTokenCache(1000)
    const known = many(1000, "known")
    come(cache, known)
    come(cache, many(1000, "heavy"), heaviest)
    expect(remembered(cache, known)).toBe(1000)
  })

  it("by weight takes a light token no sooner than one that is full by number", () => {
    const cache = createTokenCache(1000)
    const heavy = many(100, "heavy")
    come(cache, heavy, heaviest)
    const before = remembered(cache, heavy, heaviest)
    come(cache, many(3000, "flood"))
    expect(remembered(cache, heavy, heaviest)).toBe(before)
  })

  it("of a few light tokens keeps them all when one comes that is heavier than the whole may be", () => {
    const cache = createTokenCache(3)
    come(cache, ["a", "b", "c"])
    for (let i = 0; i < 5; i++) come(cache, ["heavy"], heaviest)
    expect(remembered(cache, ["a", "b", "c"])).toBe(3)
  })

  it("lets as many go as a heavy newcomer needs, and none of those asked for meanwhile", () => {
    const cache = createTokenCache(100)
    const [asked, unasked] = [many(20, "asked"), many(80, "unasked")]
    come(cache, [...unasked.slice(0, 40), ...asked, ...unasked.slice(40)], { nodes: 60 })
    remembered(cache, asked, { nodes: 60 })
    comeTwice(cache, ["heavy"], heaviest)
    expect(remembered(cache, ["heavy"], heaviest)).toBe(1)
    expect(remembered(cache, asked, { nodes: 60 })).toBe(20)
  })

  it.each([1, 2, 3, 5, 9, 10, 100])("of %i never freezes: those that nobody asks for any more go", (most) => {
    const cache = createTokenCache(most)
    const old = many(most, "old")
    for (let i = 0; i < 3; i++) come(cache, old)
    for (let round = 0; round < 20; round++) {
      for (const name of many(2 * most, `new${round}-`)) for (let i = 0; i < 3; i++) come(cache, [name])
    }
    expect(remembered(cache, old)).toBe(0)
  })

  it.each([1, 2, 3, 10, 100, 1000])(
    "of %i is taken over by those that are asked for now, in any order",
    (most) => {
      const cache = createTokenCache(most)
      const [old, now] = [many(most, "old"), many(most, "now")]
      for (let i = 0; i < 3; i++) come(cache, old)
      let dice = 1
      for (let i = 0; i < 60 * most + 60; i++) {
        dice = (Math.imul(dice, 1103515245) + 12345) >>> 0
        come(cache, [now[(dice >>> 8) % most] ?? ""])
      }
      expect(remembered(cache, now)).toBeGreaterThan(0.9 * most)
    },
  )

  it("lets a token in that came before among others, not only one that comes twice in a row", () => {
    const cache = createTokenCache(1000)
    come(cache, many(1000, "old"))
    const some = many(100, "new")
    for (let i = 0; i < 2; i++) come(cache, some)
    expect(remembered(cache, some)).toBeGreaterThan(80)
  })
})

describe("the headers that a cache knows", () => {
  it("are those of tokens that have verified, and weigh nothing: many tokens share them", () => {
    const cache = createTokenCache(10)
    const one = jws("a", { header: "header-of-a" })
    expect(cache.header("header-of-a")).toBeUndefined()
    cache.add(one)
    expect(cache.header("header-of-a")).toEqual({ value: one.header, nodes: 0 })
    expect(cache.header("header-of-a")?.value).toBe(one.header)
    expect(cache.header("header-of-b")).toBeUndefined()
  })

  it("are not too many, and not too long", () => {
    const cache = createTokenCache(100_000)
    for (const length of [257, 600, 8000]) {
      const long = "h".repeat(length)
      cache.add(jws(`long${length}`, { header: long }))
      expect(cache.header(long)).toBeUndefined()
    }
    for (let i = 0; i < 20_000; i++) cache.add(jws(`a${i}`, { header: `h${i}` }))
    const known = Array.from({ length: 20_000 }, (_, i) => cache.header(`h${i}`)).filter(Boolean)
    expect(known.length).toBeLessThanOrEqual(16_384)
    expect(known.length).toBeGreaterThan(0)
  })

  it("are not those of tokens that a full cache has not taken", () => {
    const cache = createTokenCache(2)
    come(cache, ["a", "b"])
    come(cache, ["new"], { header: "header-of-new" })
    expect(cache.header("header-of-new")).toBeUndefined()
  })
})
