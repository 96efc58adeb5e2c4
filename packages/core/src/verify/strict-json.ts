/** A JSON object that was read strictly. */
export interface StrictObject<Value = Readonly<Record<string, unknown>>> {
  /** Frozen, at every depth: one object may serve many requests. */
  readonly value: Value
  /** Members and elements at every depth: what the value weighs in memory. */
  readonly nodes: number
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * A JSON object as RFC 7515 §4 and RFC 7519 §4 want it: valid UTF-8 without a byte order mark, an object, and no member
 * named twice at any depth, since parsers differ in which of the two they keep (CVE-2022-25757).
 */
export function parseJsonObject(bytes: Uint8Array): StrictObject | undefined {
  try {
    return parseJsonText(utf8.decode(bytes), bytes, bytes.length)
  } catch {
    return undefined
  }
}

/** The same of text whose UTF-8 is known to be valid, and stands at the start of these bytes. */
export function parseJsonText(text: string, bytes: Uint8Array, length: number): StrictObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
    const { members, nodes } = freeze(value)
    return members === namesIn(bytes, length) ? { value: value as Record<string, unknown>, nodes } : undefined
  } catch {
    return undefined
  }
}

/** Freezes a value and everything in it. A loop and not a recursion: depth is the sender's choice. */
function freeze(root: object): { members: number; nodes: number } {
  let members = 0
  let nodes = 0
  const open: object[] = [root]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const values: readonly unknown[] = Array.isArray(one) ? one : Object.values(one)
    nodes += values.length
    if (values !== one) members += values.length
    for (const value of values) if (typeof value === "object" && value !== null) open.push(value)
    Object.freeze(one)
  }
  return { members, nodes }
}

/**
 * The number of member names in JSON that is known to be valid: of colons outside of strings. A parser keeps one of two
 * members of one name, so an object that has fewer members than names had one twice.
 */
function namesIn(json: Uint8Array, length: number): number {
  const [quote, colon, backslash] = [0x22, 0x3a, 0x5c]
  let names = 0
  for (let i = 0; i < length; i++) {
    if (json[i] === colon) names++
    else if (json[i] === quote) {
      for (i++; i < length && json[i] !== quote; i++) if (json[i] === backslash) i++
    }
  }
  return names
}
