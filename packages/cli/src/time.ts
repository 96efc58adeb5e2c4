const units = { s: 1, m: 60, h: 3600, d: 86400 } as const

/** `90s`, `10m`, `2h`, `1d`, or seconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit = "s"] = /^(\d{1,9})([smhd]?)$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * units[(unit || "s") as keyof typeof units]
}

/** What may be wrong with a time. */
export type NoTime = "no such date" | "milliseconds" | "another form"

/** The clock of a decision: ISO 8601 with a zone, or seconds since 1970. */
export function parseTime(text: string): number | NoTime {
  if (/^\d{1,11}$/.test(text)) return Number(text)
  if (/^\d{12,}$/.test(text)) return "milliseconds"
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i
  if (!iso.test(text)) return "another form"
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? "no such date" : Math.floor(milliseconds / 1000)
}
