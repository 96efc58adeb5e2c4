import { detached } from "../extract/header-token.js"
import type { CompactJws, ReadHeader } from "./compact-jws.js"
import { createQueue } from "./eviction-queue.js"
import { createNumberIndex } from "./number-index.js"

/**
 * Remembers tokens that have verified: their form and their signature, and nothing that time, rules or a revocation decide
 * (docs/decisions/012-token-cache.md). Belongs to one compiled config.
 */
export interface TokenCache {
  /** The very same token, byte for byte. */
  get(token: string): CompactJws | undefined
  /** The header in the first segment of a token that has verified. */
  header(segment: string): ReadHeader | undefined
  /** Only for a token that a consumer's key has signed: what a stranger makes up takes nobody's place. */
  add(jws: CompactJws): void
}

/** What an entry may weigh on average. Most weigh a third of it. */
const bytesPerEntry = 8192

/**
 * While there is room, every token that has verified gets a place. When there is none, it has to come twice: then it takes the
 * place of one that nobody asks for, and no flood of tokens that come once moves anybody.
 */
export function createTokenCache(maxEntries: number): TokenCache {
  const entries = createNumberIndex<CompactJws>()
  const queue = createQueue<CompactJws>()
  const headers = new Map<string, ReadHeader>()
  const cameBefore = createDoorkeeper(maxEntries)

  const isOver = (size: number, bytes: number) => size > maxEntries || bytes > maxEntries * bytesPerEntry

  return {
    get(token) {
      const jws = entries.get(keyOf(token))
      if (jws?.token !== token) return undefined
      jws.recent = true
      return jws
    },
    header: (segment) => headers.get(segment),
    add(jws) {
      if (jws.bytes > 0) return
      const bytes = bytesOf(jws)
      jws.bytes = bytes
      const key = keyOf(jws.token)
      // It would push everybody out, and not fit even then.
      if (isOver(1, bytes)) return
      if (isOver(queue.size + 1, queue.bytes + bytes) && !cameBefore(key)) return
      // Another request was quicker with the same token.
      if (entries.get(key) !== undefined) return
      while (isOver(queue.size + 1, queue.bytes + bytes)) entries.delete(keyOf(queue.evict().token))
      // A slice is compared in twice the time, and takes another trip to memory.
      jws.token = detached(jws.token)
      entries.add(key, jws)
      queue.add(jws)
      remember(headers, jws)
    },
  }
}

/** More would not fit into the caches of a processor. */
const mostPlaces = 2 ** 20

/** So that more tokens than there is room for, which come in turns, are still known when they come again. */
const placesPerEntry = 8

/** Says whether this key came before, lately: of those that share a place, it knows the last. */
function createDoorkeeper(maxEntries: number): (key: number) => boolean {
  // Two bytes each: with more, every token of a flood would be a trip to memory.
  const places = new Uint16Array(placesPerEntry * 2 ** Math.ceil(Math.log2(Math.min(maxEntries, mostPlaces))))
  return (key) => {
    const place = key & (places.length - 1)
    // Of all bits of the key (Knuth, The Art of Computer Programming 3, §6.4): the low ones choose the place.
    const mark = Math.imul(key, 0x9e3779b1) >>> 16
    if (places[place] === mark) return true
    places[place] = mark
    return false
  }
}

/**
 * Finds an entry, and proves nothing: the whole token is compared then. The end of the signature is as random as any hash, and
 * a number is found sooner than a text, which V8 would read to the end, and compare with those of its bucket.
 */
function keyOf(token: string): number {
  let key = 0
  for (let i = token.length - 10; i < token.length; i++) key = (Math.imul(key, 61) + token.charCodeAt(i)) | 0
  return key
}

/** An estimate from above: texts of two bytes a character, and an object of its own for each member and element. */
function bytesOf({ token, nodes, answers }: CompactJws): number {
  return 512 + 3 * token.length + 112 * nodes + 48 * (answers?.size ?? 0)
}

const mostHeaders = 4096
const longestHeader = 256

/** Most tokens share theirs with others. When there are too many, the others are read each time. */
function remember(headers: Map<string, ReadHeader>, { token, header, sharesHeader }: CompactJws): void {
  if (sharesHeader || headers.size >= mostHeaders) return
  const segment = token.slice(0, token.indexOf("."))
  if (segment.length <= longestHeader) headers.set(detached(segment), { value: header, nodes: 0 })
}
