import { maxTokenBytes } from "../extract/header-token.js"

/** What a token that cannot be used seems to say. Never a reason to trust it: read as leniently as people write. */
export function peekSegment(token: string, index: 0 | 1): Readonly<Record<string, unknown>> | undefined {
  if (token.length > maxTokenBytes) return undefined
  const segment = token.split(".", 3)[index]
  if (segment === undefined || segment === "") return undefined
  try {
    const base64 = segment.replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", "")
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
