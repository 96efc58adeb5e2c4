/** What can be read of a token by anybody: nothing here is verified. */
export interface LooseToken {
  /** `jwe`: encrypted, so that only the header can be read. `unsigned`: no signature stands behind the payload. */
  readonly kind: "jws" | "jwe" | "unsigned"
  readonly header: JsonObject
  readonly payload?: JsonObject
  /** What had to be overlooked, each of which a gate refuses. */
  readonly notes: readonly string[]
}

export type JsonObject = Readonly<Record<string, unknown>>

/** Not a token. Says why, and never repeats it. */
export interface NoToken {
  readonly problem: string
}

/** Far more than a token has; one over 8192 bytes is refused by the gate. */
export const mostTokenBytes = 1024 * 1024

/** Reads a token that may be wrapped in what people copy along with it. */
export function readLoosely(text: string): LooseToken | NoToken {
  const { token, notes } = unwrap(text)
  if (token === "") return { problem: "there is nothing in it" }
  if (/^[{[<]/.test(token)) {
    return {
      problem: "this is a document and no token; if it is an answer of a login, take its access_token",
    }
  }
  const segments = token.split(".")
  if (segments.length !== 5 && segments.length !== 3 && segments.length !== 2) {
    const parts = segments.length === 1 ? "no dots" : `${segments.length} parts`
    return {
      problem: `it has ${parts}, and a JWT has 3 parts with dots between; an opaque token, or cut off?`,
    }
  }
  const header = parseSegment(segments[0] ?? "")
  if (header === undefined) return { problem: "its first part is not a JSON object in base64url" }
  if (segments.length === 5) {
    return {
      kind: "jwe",
      header,
      notes: [...notes, "encrypted (JWE): the payload cannot be read without its key"],
    }
  }
  const payload = parseSegment(segments[1] ?? "")
  if (payload === undefined) return { problem: "its second part is not a JSON object in base64url" }
  const unsigned = (segments[2] ?? "") === ""
  return {
    kind: unsigned ? "unsigned" : "jws",
    header,
    payload,
    notes: [...notes, ...describeForm(segments), ...(unsigned ? ["it has no signature"] : [])],
  }
}

const wrappings: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Authorization:", /^authorization:\s*/i],
  ["Bearer", /^bearer\s+/i],
  ["Bearer, a second time,", /^bearer\s+/i],
  ["quotes", /^["'“”‘’`]+|(?<!["'“”‘’`])["'“”‘’`]+$/g],
]

function unwrap(text: string): { token: string; notes: string[] } {
  let token = text.replace(/^\uFEFF/, "").trim()
  const notes: string[] = []
  for (const [name, pattern] of wrappings) {
    const rest = token.replace(pattern, "").trim()
    if (rest !== token) notes.push(`${name} stood around the token`)
    token = rest
  }
  if (/\s/.test(token) && !/^[{[<]/.test(token)) {
    notes.push("it has white space or line breaks inside")
    token = token.replace(/\s+/g, "")
  }
  return { token, notes }
}

function describeForm(segments: readonly string[]): string[] {
  const all = segments.join("")
  if (/=|%3d/i.test(all)) return ["it has padding (=), which a JWT has not (RFC 7515 §2)"]
  return /^[\w-]*$/.test(all) ? [] : ["it has characters that base64url has not"]
}

/** Deeper than any claim; the end of what is printed with an indent for each level. */
const mostLevels = 50

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1))
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

function parseSegment(segment: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(Buffer.from(segment, "base64url")))
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value)
    return isObject && !isDeeper(value, mostLevels) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}
