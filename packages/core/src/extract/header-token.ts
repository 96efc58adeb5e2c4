/** Longer tokens are refused unread: work must not grow with what a stranger sends. */
export const maxTokenBytes = 8192

/**
 * The token in the value of a header. A repeated or comma-joined header is one malformed token, never a choice: which of two
 * credentials counts must not depend on who reads them (CVE-2026-26308). The comma that is left in it fails the form check.
 */
export function tokenInHeader(value: string, prefix: string): string | undefined {
  const hasPrefix = startsWith(value, prefix, 0)
  // One malformed token whatever else it holds, be it blanks or commas: nobody need look.
  if (hasPrefix && value.length - prefix.length > maxTokenBytes) return value.slice(prefix.length)
  if (value.includes(",") ? !someCredential(value, prefix) : !hasPrefix) return undefined
  const token = trimBlanks(value, hasPrefix ? prefix.length : 0)
  return (value.length - token.length > longestSurroundings ? detached(token) : token) || undefined
}

const longestSurroundings = 64

/** A copy: a slice holds on to the whole text that it was cut from, and a token may be remembered for long. */
export function detached(token: string): string {
  return token.length > maxTokenBytes ? token : ` ${token}`.slice(1)
}

/** True when one of the comma-separated credentials, without the blanks around it, begins with the prefix. */
function someCredential(value: string, prefix: string): boolean {
  if (prefix === "") return true
  for (let start = 0; start < value.length; start++) {
    if (isBlank(value, start) || value[start] === ",") continue
    const comma = value.indexOf(",", start)
    const end = comma === -1 ? value.length : comma
    if (startsWith(value, prefix, start) && start + prefix.length <= endWithoutBlanks(value, start, end)) {
      return true
    }
    start = end
  }
  return false
}

/** RFC 9110 §11.1: the scheme is case-insensitive. ASCII only, so that no other letter folds into one of these. */
function startsWith(value: string, prefix: string, start: number): boolean {
  for (let i = 0; i < prefix.length; i++) {
    const sent = value.charCodeAt(start + i)
    const wanted = prefix.charCodeAt(i)
    if (sent !== wanted && asciiLower(sent) !== asciiLower(wanted)) return false
  }
  return true
}

function asciiLower(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code
}

/** Space and tab, and no other white space: that could be part of a name for whoever reads it next. */
export function trimBlanks(text: string, from = 0, to = text.length): string {
  let start = from
  while (start < to && isBlank(text, start)) start++
  return text.slice(start, endWithoutBlanks(text, start, to))
}

function endWithoutBlanks(text: string, start: number, to: number): number {
  let end = to
  while (end > start && isBlank(text, end - 1)) end--
  return end
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09
}
