import { percentDecodeBytes, toByteString } from "../byte-string.js"
import { trimBlanks } from "./header-token.js"

/** What stands under each wanted name, in order of appearance. An empty value is none. */
export type NamedValues = ReadonlyMap<string, readonly string[]>

/** The wanted names that a part of a text spells. A stranger may send thousands: most are known by their length. */
export type Spells = (text: string, start: number, end: number) => readonly string[]

const none: readonly string[] = []

/** Parameter names are compared as sent, and decoded as bytes. */
export function paramNames(wanted: Iterable<string>): Spells {
  const names = new Set(wanted)
  const byBytes = new Map<string, readonly string[]>()
  for (const name of names) {
    for (const bytes of new Set([name, toByteString(name)])) {
      byBytes.set(bytes, [...(byBytes.get(bytes) ?? none), name])
    }
  }
  const { shortest, longest } = lengthsOf(byBytes.keys())
  return (text, start, end) => {
    // An escape is three characters for one byte.
    if (end - start < shortest || end - start > 3 * longest) return none
    const sent = text.slice(start, end)
    const same = names.has(sent) ? [sent] : none
    if (!sent.includes("%")) return same
    const decoded = byBytes.get(percentDecodeBytes(sent)) ?? none
    return decoded.length === 0 ? same : [...new Set([...same, ...decoded])]
  }
}

export function cookieNames(wanted: Iterable<string>): Spells {
  const names = new Set(wanted)
  const { shortest, longest } = lengthsOf(names)
  return (text, start, end) => {
    if (end - start < shortest) return none
    const name = trimBlanks(text, start, end)
    return name.length <= longest && names.has(name) ? [name] : none
  }
}

function lengthsOf(texts: Iterable<string>): { shortest: number; longest: number } {
  let shortest = Number.POSITIVE_INFINITY
  let longest = 0
  for (const { length } of texts) {
    shortest = Math.min(shortest, length)
    longest = Math.max(longest, length)
  }
  return { shortest, longest }
}

/** Takes a query apart. */
export function paramValues(query: string, names: Spells): NamedValues {
  return valuesIn(query, "&", names, percentDecode)
}

/** Takes a Cookie header apart. */
export function cookieValues(header: string, names: Spells): NamedValues {
  return valuesIn(header, ";", names, cookieValue)
}

const nothing: NamedValues = new Map()

/** One pass, whatever is wanted. A piece without `=` has no value, and is passed over. */
function valuesIn(
  text: string,
  separator: string,
  names: Spells,
  decode: (value: string) => string,
): NamedValues {
  let found: Map<string, string[]> | undefined
  let start = 0
  let equals = text.indexOf("=")
  while (equals !== -1) {
    const next = text.indexOf(separator, start)
    const end = next === -1 ? text.length : next
    if (equals < end) {
      for (const name of names(text, start, equals)) {
        const value = decode(text.slice(equals + 1, end))
        if (value === "") continue
        found ??= new Map()
        append(found, name, value)
      }
      equals = text.indexOf("=", end)
    }
    start = end + 1
  }
  return found ?? nothing
}

function append(found: Map<string, string[]>, name: string, value: string): void {
  const values = found.get(name)
  if (values === undefined) found.set(name, [value])
  else values.push(value)
}

/** As sent but for blanks and quotes. */
export function cookieValue(sent: string): string {
  const value = trimBlanks(sent)
  const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return quoted ? value.slice(1, -1) : value
}

/** A broken escape stays as it was sent: it is the client's mistake, and no token has one. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
