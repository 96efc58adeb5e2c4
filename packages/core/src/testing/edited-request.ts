import type { AuthRequest, HeaderEdit, RequestEdits } from "../decision.js"
import type { HeaderView } from "./observation.js"
import type { ConformanceRequest, HeaderLine } from "./row.js"

export const defaultHost = "api.example.com"

/** The row's request as an adapter would hand it to the core. */
export function toAuthRequest({
  method = "GET",
  host = defaultHost,
  path = "/",
  headers = [],
  route,
}: ConformanceRequest): AuthRequest {
  const request = { method, host, path, headers: unwrapped(headerView(headers)) }
  return route === undefined ? request : { ...request, route }
}

/** Edits applied as their definition says, to the lines that were sent: what every adapter has to match. */
export function applyEdits(
  { path = "/", headers = [] }: ConformanceRequest,
  edits: RequestEdits,
): { readonly headers: readonly HeaderLine[]; readonly path: string } {
  return { headers: edits.headers.reduce(edited, headers), path: edits.path ?? path }
}

function edited(lines: readonly HeaderLine[], { op, name, value = "" }: HeaderEdit): readonly HeaderLine[] {
  const line: HeaderLine = [name, value]
  if (op === "append") return [...lines, line]
  const others = lines.filter(([other]) => other.toLowerCase() !== name)
  return op === "set" ? [...others, line] : others
}

/** The values of each header, in the order of its lines. White space around a value is not part of it (RFC 9112 §5). */
export function headerView(lines: readonly HeaderLine[]): Readonly<Record<string, readonly string[]>> {
  const view: Record<string, readonly string[]> = {}
  for (const [name, value] of lines) {
    const key = name.toLowerCase()
    view[key] = [...(view[key] ?? []), value.trim()]
  }
  return view
}

/** A header that came once is a string, as in every framework. */
function unwrapped(
  view: Readonly<Record<string, readonly string[]>>,
): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(view).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]),
  )
}

/** One line as any view may show it: some join the values of a header, some list them. */
export function sameValues(view: HeaderView[string], expected: readonly string[], name: string): boolean {
  if (view === undefined) return expected.length === 0
  if (typeof view !== "string") return JSON.stringify(view) === JSON.stringify(expected)
  return expected.length > 0 && view === expected.join(name === "cookie" ? "; " : ", ")
}
