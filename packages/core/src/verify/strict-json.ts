const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/**
 * A JSON object as RFC 7515 §4 and RFC 7519 §4 want it: valid UTF-8 without a byte order mark, an object, and no member
 * named twice at any depth, since parsers differ in which of the two they keep (CVE-2022-25757).
 */
export function parseJsonObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined
    return hasDuplicateMember(text) ? undefined : (value as Record<string, unknown>)
  } catch {
    return undefined
  }
}

/** Walks text that is known to be valid JSON. A loop and not a recursion: depth is the sender's choice. */
function hasDuplicateMember(json: string): boolean {
  const open: (Set<string> | undefined)[] = [] // the names of each open object; undefined for an array
  let nameIsNext = false
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case "{":
        open.push(new Set())
        nameIsNext = true
        break
      case "[":
        open.push(undefined)
        nameIsNext = false
        break
      case "}":
      case "]":
        open.pop()
        nameIsNext = false
        break
      case ",":
        nameIsNext = open.at(-1) !== undefined
        break
      case '"': {
        const end = endOfString(json, i)
        const names = open.at(-1)
        if (nameIsNext && names !== undefined) {
          const name: string = JSON.parse(json.slice(i, end + 1))
          if (names.has(name)) return true
          names.add(name)
          nameIsNext = false
        }
        i = end
        break
      }
    }
  }
  return false
}

function endOfString(json: string, start: number): number {
  let i = start + 1
  while (i < json.length && json[i] !== '"') i += json[i] === "\\" ? 2 : 1
  return i
}
