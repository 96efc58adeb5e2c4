/** A NumericDate (RFC 7519 §2) as ISO 8601, or as the number when no calendar has it. */
export function moment(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace(".000Z", "Z")
}

const units = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const

/** `45 s`, `2 min 5 s`, `3 h 20 min`, `12 d`: the largest unit that fits, and the next. */
export function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const first = units.findIndex(([, size]) => whole >= size)
  if (first === -1) return "0 s"
  let rest = whole
  const parts = units.slice(first, first + 2).map(([name, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? "" : `${count} ${name}`
  })
  return parts.filter((part) => part !== "").join(" ")
}
