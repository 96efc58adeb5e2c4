import fc from "fast-check"

/** One way to spell a path so that it looks like another and is read as the same. */
export interface Obfuscation {
  readonly name: string
  /** @param bits one random number for each place where it could be applied */
  readonly apply: (path: string, bits: readonly number[]) => string
}

/** At some of the places that match, never at none. */
function replace(
  path: string,
  places: RegExp,
  bits: readonly number[],
  by: (match: string) => string,
): string {
  const forced = (bits[0] ?? 0) % Math.max(1, path.match(places)?.length ?? 1)
  let i = -1
  return path.replace(places, (match) => {
    i++
    return i === forced || (bits[i] ?? 0) % 3 === 0 ? by(match) : match
  })
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`

/** In an order in which each leaves the ones before it readable: a path is first bent, then encoded, then dressed. */
export const obfuscations: readonly Obfuscation[] = [
  { name: "letter case", apply: (path, bits) => replace(path, /[a-z]/g, bits, (c) => c.toUpperCase()) },
  { name: "/./", apply: (path, bits) => replace(path, /\//g, bits, () => "/./") },
  { name: "/x/../", apply: (path, bits) => replace(path, /\//g, bits, () => "/x/../") },
  { name: "//", apply: (path, bits) => replace(path, /(?<!^)\/(?!\.)/g, bits, () => "//") },
  { name: ";parameters", apply: (path, bits) => replace(path, /(?<=[^/.])(?=\/|$)/g, bits, () => ";v=1") },
  { name: "a backslash", apply: (path, bits) => replace(path, /(?<!^)\//g, bits, () => "\\") },
  { name: "a NUL at the end", apply: (path) => `${path}%00.html` },
  { name: "an encoded slash", apply: (path, bits) => replace(path, /(?<!^)\//g, bits, percent) },
  {
    name: "an encoded character",
    apply: (path, bits) => replace(path, /(?<!%|%[\da-f])[^/%\\]/g, bits, percent),
  },
  { name: "double encoding", apply: (path, bits) => replace(path, /%/g, bits, () => "%25") },
  { name: "a trailing slash", apply: (path) => `${path}/` },
  { name: "a query", apply: (path) => `${path}?/public` },
  { name: "a fragment", apply: (path) => `${path.split("?")[0]}#/public` },
  { name: "an authority", apply: (path) => `//host${path}` },
  { name: "the absolute form", apply: (path) => `http://host${path}` },
]

/** The path, spelled by the chosen obfuscations at random places. */
export function obfuscated(path: string, choice: fc.Arbitrary<readonly Obfuscation[]>): fc.Arbitrary<string> {
  return fc
    .tuple(choice, fc.array(fc.nat(), { minLength: 24, maxLength: 24 }))
    .map(([chosen, bits]) => chosen.reduce((spelled, { apply }) => apply(spelled, bits), path))
}
