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

/**
 * Optimal string alignment distance: insertions, deletions, substitutions and swapped neighbours. Names longer than 64
 * letters are no typos: they count as wholly different.
 */
function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return a === b ? 0 : Number.POSITIVE_INFINITY
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    rows.push(current)
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return at(a.length, b.length)
}
