const units = { s: 1, m: 60, h: 3600, d: 86400 } as const

/** `90s`, `10m`, `2h`, `1d`, or seconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = "s"] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * units[(unit || "s") as keyof typeof units]
}

const scale = [
  { from: 2 * 365 * 86400, size: 365 * 86400, unit: "years" },
  { from: 2 * 86400, size: 86400, unit: "days" },
  { from: 3600, size: 3600, unit: "h" },
  { from: 60, size: 60, unit: "min" },
] as const

/** Seconds in words, rounded down to what people would say: `45 s`, `3 min`, `5 h`, `12 days`, `3 years`. */
export function describeDuration(seconds: number): string {
  const { size, unit } = scale.find(({ from }) => seconds >= from) ?? { size: 1, unit: "s" }
  return `${Math.floor(seconds / size)} ${unit}`
}

/** The clock of a decision: ISO 8601 with a zone, or seconds since 1970; undefined when it is neither. */
export function parseTime(text: string): number | undefined {
  if (/^\d{1,11}$/.test(text)) return Number(text)
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i
  const milliseconds = iso.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

/** `2026-11-22T09:00:00Z`; undefined beyond what a calendar has. */
export function isoTime(seconds: number): string | undefined {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.000Z$/, "Z")
}
