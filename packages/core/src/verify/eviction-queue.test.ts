import { describe, expect, it } from "vitest"
import { createQueue, type EvictionQueue } from "./eviction-queue.js"

type Entry = { readonly name: string; readonly bytes: number; recent: boolean }

const entry = (name: string, recent = false): Entry => ({ name, bytes: name.charCodeAt(0), recent })

/** One entry for each letter; the capital ones were asked for. */
function queueOf(names: string): EvictionQueue<Entry> {
  const queue = createQueue<Entry>()
  for (const name of names) queue.add(entry(name.toLowerCase(), name !== name.toLowerCase()))
  return queue
}

function evicted(queue: EvictionQueue<Entry>, count: number): string {
  return Array.from({ length: count }, () => queue.evict().name).join("")
}

describe("a queue of entries", () => {
  it("lets the oldest go first, while none was asked for", () => {
    expect(evicted(queueOf("abcde"), 5)).toBe("abcde")
  })

  it("passes over those that were asked for, once", () => {
    expect(evicted(queueOf("ABcDe"), 5)).toBe("ceabd")
  })

  it("goes on from where it stopped, with what has come since after all others", () => {
    const queue = queueOf("Abcd")
    expect(evicted(queue, 1)).toBe("b")
    queue.add(entry("e"))
    expect(evicted(queue, 4)).toBe("cdea")
  })

  it("begins again with the oldest when it has reached the newest: who comes then is not the next to go", () => {
    const queue = queueOf("ABc")
    expect(evicted(queue, 1)).toBe("c")
    for (const name of "def") queue.add(entry(name))
    expect(evicted(queue, 5)).toBe("abdef")
  })

  it("begins again after it was emptied", () => {
    const queue = queueOf("a")
    evicted(queue, 1)
    expect(queue.size).toBe(0)
    queue.add(entry("b"))
    expect([evicted(queue, 1), queue.size, queue.bytes]).toEqual(["b", 0, 0])
  })

  it("knows how many are in it, and what they weigh", () => {
    const queue = queueOf("abc")
    expect([queue.size, queue.bytes]).toEqual([3, 97 + 98 + 99])
    evicted(queue, 1)
    queue.add({ name: "c", bytes: 1, recent: false })
    expect([queue.size, queue.bytes]).toEqual([3, 98 + 99 + 1])
    evicted(queue, 3)
    expect([queue.size, queue.bytes]).toEqual([0, 0])
  })

  it("takes one out even when every one was asked for", () => {
    expect(evicted(queueOf("ABC"), 3)).toBe("abc")
  })

  it("never passes over more than a few for one that goes: no request waits for thousands", () => {
    const queue = createQueue<Entry>()
    const entries = Array.from({ length: 1000 }, (_, i) => entry(String(i), true))
    for (const one of entries) queue.add(one)
    queue.evict()
    expect(entries.filter(({ recent }) => !recent).length).toBeLessThanOrEqual(16)
    expect(queue.size).toBe(999)
  })

  it("holds on to what is asked for again and again, among thousands that are not", () => {
    const queue = createQueue<Entry>()
    const wanted = [entry("a"), entry("b")]
    for (const one of wanted) queue.add(one)
    const gone: Entry[] = []
    for (let i = 0; i < 5000; i++) {
      for (const one of wanted) one.recent = true
      queue.add(entry(String(i)))
      if (queue.size > 10) gone.push(queue.evict())
    }
    expect(gone.filter((one) => wanted.includes(one))).toEqual([])
    expect([queue.size, gone.length]).toEqual([10, 4992])
  })
})
