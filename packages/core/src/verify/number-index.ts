/** Finds values by whole numbers of 32 bits, of which 0 is none. */
export interface NumberIndex<Value> {
  get(key: number): Value | undefined
  /** For a key that has no value yet. */
  add(key: number, value: Value): void
  delete(key: number): void
}

/**
 * Most tokens of a flood are not there, and to find that out must not cost a trip to memory, as it does with a `Map`, whose table
 * is four times as large and asked twice. Linear probing, in a table that is never more than half full.
 */
export function createNumberIndex<Value>(): NumberIndex<Value> {
  let keys: Int32Array
  let values: (Value | undefined)[]
  let mask: number
  let size = 0
  makePlaces(64)

  function makePlaces(count: number): void {
    keys = new Int32Array(count)
    // Filled: what a hole reads as is up to whoever can write to `Array.prototype`.
    values = new Array(count).fill(undefined)
    mask = count - 1
  }

  /** The place of this key, or the free one where it would be. */
  function placeOf(key: number): number {
    let place = key & mask
    while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & mask
    return place
  }

  function put(key: number, value: Value | undefined): void {
    const place = placeOf(key)
    keys[place] = key
    values[place] = value
  }

  function grow(): void {
    const [oldKeys, oldValues] = [keys, values]
    makePlaces(2 * keys.length)
    oldKeys.forEach((key, place) => {
      if (key !== 0) put(key, oldValues[place])
    })
  }

  return {
    get: (key) => values[placeOf(key)],
    add(key, value) {
      if (2 * ++size > keys.length) grow()
      put(key, value)
    },
    delete(key) {
      let free = placeOf(key)
      if (keys[free] === 0) return
      size--
      // Whatever stands behind it, and was only put there because the place was taken, moves up: a free place ends the search.
      for (let place = (free + 1) & mask; keys[place] !== 0; place = (place + 1) & mask) {
        const moved = keys[place] as number
        if (((place - moved) & mask) < ((place - free) & mask)) continue
        keys[free] = moved
        values[free] = values[place]
        free = place
      }
      keys[free] = 0
      values[free] = undefined
    },
  }
}
