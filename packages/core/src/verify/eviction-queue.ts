/** Something that is kept until its place is needed. */
interface Kept {
  /** What it weighs. */
  readonly bytes: number
  /** Whether it was asked for since the hand has passed. */
  recent: boolean
}

/** Entries in the order in which they came, and a hand that chooses the one to go. */
export interface EvictionQueue<Entry extends Kept> {
  readonly size: number
  readonly bytes: number
  add(entry: Entry): void
  /** Takes one out of a queue that has one. */
  evict(): Entry
}

/** So that no single request waits while the hand passes over thousands. */
const mostPassed = 16

/** Empty places that are not worth the walk to close them. */
const fewPlaces = 64

/**
 * SIEVE (Zhang et al., NSDI 2024): the hand goes from the oldest to the newest, passes over those that were asked for, and
 * takes out the first that was not.
 */
export function createQueue<Entry extends Kept>(): EvictionQueue<Entry> {
  let places: (Entry | undefined)[] = []
  let hand = 0
  let size = 0
  let bytes = 0

  /** Those that were taken out have left their places empty. */
  function closeUp(): void {
    const isTaken = (entry: Entry | undefined) => entry !== undefined
    const passed = places.slice(0, hand).filter(isTaken)
    places = [...passed, ...places.slice(hand).filter(isTaken)]
    hand = passed.length
  }

  function next(): Entry {
    for (;;) {
      if (hand >= places.length) hand = 0
      const entry = places[hand++]
      if (entry !== undefined) return entry
    }
  }

  return {
    get size() {
      return size
    },
    get bytes() {
      return bytes
    },
    add(entry) {
      places.push(entry)
      bytes += entry.bytes
      size++
      if (places.length > 2 * size + fewPlaces) closeUp()
    },
    evict() {
      let entry = next()
      for (let passed = 0; entry.recent && passed < mostPassed; passed++) {
        entry.recent = false
        entry = next()
      }
      places[hand - 1] = undefined
      while (places.length > 0 && places.at(-1) === undefined) places.pop()
      // Begins again now: who comes next is the newest, and not the next to go.
      if (hand >= places.length) hand = 0
      bytes -= entry.bytes
      size--
      return entry
    },
  }
}
