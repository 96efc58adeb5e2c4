/** Finds values by whole numbers of 32 bits. */
export interface NumberIndex<Value> {
  get(key: number): Value | undefined
  /** For a key that has no value yet. */
  add(key: number, value: Value): void
  delete(key: number): void
}

/**
 * Most tokens of a flood are not there, and to find that out must not cost two trips to memory, as it does with a `Map`: the table
 * of places is small enough to be at hand, and most places are free. Keys of one place are a chain, so that whoever can choose
 * keys makes only that place slow; with the next free place instead, as few as share some bits would be one long walk for all.
 */
export function createNumberIndex<Value>(): NumberIndex<Value> {
  // By place, the first entry of its chain; by entry, its key, its value and the entry behind it. 0 is no entry.
  let first = new Int32Array(64)
  let keys = new Int32Array(first.length / 2)
  let behind = new Int32Array(first.length / 2)
  const values: (Value | undefined)[] = [undefined]
  /** The first of those that were deleted, which are a chain, too. */
  let free = 0

  const placeOf = (key: number) => key & (first.length - 1)

  function find(key: number): number {
    let entry = first[placeOf(key)] as number
    while (entry !== 0 && keys[entry] !== key) entry = behind[entry] as number
    return entry
  }

  function link(entry: number): void {
    const place = placeOf(keys[entry] as number)
    behind[entry] = first[place] as number
    first[place] = entry
  }

  function unlink(entry: number): void {
    const place = placeOf(keys[entry] as number)
    if (first[place] === entry) first[place] = behind[entry] as number
    else {
      let before = first[place] as number
      while (behind[before] !== entry) before = behind[before] as number
      behind[before] = behind[entry] as number
    }
  }

  function newEntry(): number {
    if (free === 0) {
      if (values.length === keys.length) grow()
      return values.push(undefined) - 1
    }
    const entry = free
    free = behind[entry] as number
    return entry
  }

  /** When none is free: all entries are in chains. */
  function grow(): void {
    first = new Int32Array(2 * first.length)
    behind = new Int32Array(2 * behind.length)
    const before = keys
    keys = new Int32Array(behind.length)
    keys.set(before)
    for (let entry = 1; entry < values.length; entry++) link(entry)
  }

  return {
    get: (key) => values[find(key)],
    add(key, value) {
      const entry = newEntry()
      keys[entry] = key
      values[entry] = value
      link(entry)
    },
    delete(key) {
      const entry = find(key)
      if (entry === 0) return
      unlink(entry)
      values[entry] = undefined
      behind[entry] = free
      free = entry
    },
  }
}
