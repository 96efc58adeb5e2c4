/**
 * The known name that an unknown one was probably meant to be. Case, `_` and `-` do not count, so that
 * `fromHeaders` finds `from_headers`; otherwise up to two letters in five may differ.
 */
export function didYouMean(unknown: string, known: Iterable<string>): string | undefined {
  const wanted = fold(unknown)
  let best: string | undefined
  let bestDistance = Math.floor(wanted.length * 0.4) + 1
  for (const name of known) {
    const distance = editDistance(wanted, fold(name))
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, "")
}

/** Levenshtein distance. Names longer than 64 letters are no typos: they count as wholly different. */
function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return a === b ? 0 : 64
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
