import type { Figure } from "../result.js"

/** A figure as people write it: "1.95 µs", "12,300 requests/s". */
export function withUnit(value: number, unit: Figure["unit"]): string {
  switch (unit) {
    case "ns":
      return scaled(value, 1000, ["ns", "µs", "ms", "s"])
    case "ms":
      return scaled(value, 1000, ["ms", "s"])
    case "bytes":
      return scaled(value, 1024, ["bytes", "KiB", "MiB", "GiB"])
    default:
      return `${rounded(value)} ${unit}`
  }
}

/** Three figures that count, and thousands apart. */
export function rounded(value: number): string {
  return value.toLocaleString("en", {
    maximumSignificantDigits: 3,
    minimumSignificantDigits: value === 0 ? 1 : 3,
  })
}

/** A median and its quartiles: "1.95 µs (1.90 – 2.03)". */
export function withSpread({ median, q1, q3, unit }: Figure): string {
  const [middle, low, high] = [median, q1, q3].map((value) => withUnit(value, unit)) as [
    string,
    string,
    string,
  ]
  if (q1 === q3) return middle
  const written = middle.slice(middle.indexOf(" "))
  const sameUnit = low.endsWith(written) && high.endsWith(written)
  return sameUnit
    ? `${middle} (${low.slice(0, -written.length)} – ${high.slice(0, -written.length)})`
    : `${middle} (${low} – ${high})`
}

/** A ratio: "0.38 ×". Above a hundred the fraction says nothing. */
export function times(ratio: number): string {
  return `${factor(ratio)} ×`
}

/** A median ratio and its quartiles: "0.38 × (0.36 – 0.41)". */
export function timesWithSpread({ median, q1, q3 }: Pick<Figure, "median" | "q1" | "q3">): string {
  return q1 === q3 ? times(median) : `${times(median)} (${factor(q1)} – ${factor(q3)})`
}

function factor(ratio: number): string {
  const fraction = ratio >= 100 ? 0 : ratio < 0.1 ? 3 : 2
  return ratio.toLocaleString("en", { maximumFractionDigits: fraction, minimumFractionDigits: fraction })
}

function scaled(value: number, step: number, units: readonly string[]): string {
  const power = Math.floor(Math.log(Math.max(Math.abs(value), 1)) / Math.log(step))
  const index = Math.min(power, units.length - 1)
  return `${rounded(value / step ** index)} ${units[index]}`
}

/** A count with its thousands apart: "10,000". */
export function writtenNumber(count: number): string {
  return count.toLocaleString("en")
}
