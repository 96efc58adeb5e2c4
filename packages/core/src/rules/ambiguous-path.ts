import { percentDecodeBytes } from "../byte-string.js"

/** A path that routers, proxies and file servers may read as different ones. */
export interface AmbiguousPath {
  readonly ambiguous: true
  readonly segments: PossibleSegments
  /** As received, in lower case, if no layer can read it outside of where it begins. Else empty. */
  readonly start: string
}

/** What layers may read as segments; those of a rule are looked for among them, decoded and in lower case. */
type PossibleSegments =
  /** `/a/b/`: these and no others. */
  | { readonly kind: "known"; readonly path: string }
  /** Some of these: a layer may pass over the others. */
  | { readonly kind: "some"; readonly names: ReadonlySet<string> }
  /** Parts of this: parsers may also disagree about where an authority ends. */
  | { readonly kind: "parts"; readonly text: string }
  | { readonly kind: "any" }

/** A path of which nobody knows anything: every restricting rule may be about it. */
export const unreadable: AmbiguousPath = { ambiguous: true, segments: { kind: "any" }, start: "" }

/**
 * Other layers decode a path not at all, once or twice, and split it at `/`, or at `\` too. A rule's segments hold nothing
 * to decode or to split, so where any layer sees them, they are segments of the path that is decoded and split the most.
 */
export function readAmbiguous(path: string): AmbiguousPath {
  const text = decodeSegments(percentDecodeBytes(path))
  // URL parsers drop controls and white space, C ends at a NUL, and Node lets none of them through unencoded.
  if (/[^!-~]/.test(path) || /[\0-\x1f\x7f]/.test(text)) return unreadable
  const start = text.includes("..") ? "" : path.toLowerCase()
  return { ambiguous: true, segments: possibleSegments(path, text), start }
}

function possibleSegments(path: string, text: string): PossibleSegments {
  // At the beginning, or at the beginning of what a mounted router is left with (CVE-2026-26205).
  const hasAuthority = /^[^/]|[/\\]{2}/.test(text)
  if (hasAuthority && /[^\w.:+/\\-]/.test(path)) return { kind: "parts", text }
  const names = text.split(/[/\\]+/).filter((name) => name !== "" && name !== ".")
  // Layers take away what `..` leaves, an authority, parameters (servlets), and what follows a `?` or `#`.
  const isCut = hasAuthority || /[;?#]|\.\./.test(text)
  if (isCut) return { kind: "some", names: new Set(names.flatMap(withCuts)) }
  return { kind: "known", path: joined(names) }
}

/** A layer may cut a segment at any one of these. */
function withCuts(name: string): readonly string[] {
  return [name, ...[";", "?", "#"].map((end) => name.split(end, 1)[0] ?? "")]
}

/** The segments of a canonical path, as they are compared with those of an ambiguous one. */
export interface Segments {
  readonly names: readonly string[]
  /** `/a/b/` */
  readonly path: string
}

export function segmentsOf(canonical: string): Segments {
  const names = decodeSegments(canonical)
    .split("/")
    .filter((segment) => segment !== "")
  return { names, path: joined(names) }
}

/** False when no layer can read these segments, and nothing or (`below`) anything after them. */
export function mayBe(rule: Segments, below: boolean, { segments }: AmbiguousPath): boolean {
  switch (segments.kind) {
    case "known":
      return below ? segments.path.startsWith(rule.path) : segments.path === rule.path
    case "some":
      return rule.names.every((segment) => segments.names.has(segment))
    case "parts":
      return rule.names.every((segment) => segments.text.includes(segment))
    case "any":
      return true
  }
}

function decodeSegments(path: string): string {
  return percentDecodeBytes(path).toLowerCase()
}

function joined(segments: readonly string[]): string {
  return `/${segments.map((segment) => `${segment}/`).join("")}`
}
