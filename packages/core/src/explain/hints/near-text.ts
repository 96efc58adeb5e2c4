import { listed } from "../show.js"

/** What two strings may differ in and still mean the same, and how to see past it. Earlier ones are seen past first. */
const variations: readonly (readonly [name: string, seePast: (text: string) => string])[] = [
  [
    "white space or invisible characters",
    (text) => text.replace(/[\s\p{C}\p{Default_Ignorable_Code_Point}]/gu, ""),
  ],
  ["the default port", (text) => text.replace(/^(https:\/\/[^/:]*):443(?=\/|$)/i, "$1")],
  ["the default port", (text) => text.replace(/^(http:\/\/[^/:]*):80(?=\/|$)/i, "$1")],
  ["the scheme before ://", (text) => text.replace(/^[a-z]{2,10}:\/\//i, "")],
  ["the slash at the end", (text) => (text.endsWith("/") ? text.slice(0, -1) : text)],
  ["upper and lower case", (text) => text.toLowerCase()],
]

/** Longer strings cannot be the same but for these: there is no need to look. */
const farthest = 64

/** What alone keeps one string from being the other, such as "the slash at the end"; undefined when it is more than that. */
export function onlyDifference(actual: string, expected: string): string | undefined {
  if (Math.abs(actual.length - expected.length) > farthest) return undefined
  const agree = (past: typeof variations) => {
    const bare = (text: string) => past.reduce((rest, [, seePast]) => seePast(rest), text)
    return bare(actual) === bare(expected)
  }
  if (!agree(variations)) return undefined
  const needed = variations.filter((one) => !agree(variations.filter((other) => other !== one)))
  return listed([...new Set(needed.map(([name]) => name))], "and") || undefined
}

/**
 * True when the strings differ by one letter too many, too few or wrong, or by two neighbours swapped, in a word of five
 * letters or more. In shorter words, at their end and in numbers it may be on purpose: `eu` and `us`, `tenant-a` and
 * `tenant-b`, `user1` and `user2`.
 */
export function isSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start++
  let end = 0
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const [a, b] = [one, other].map((text) => text.slice(start, text.length - end)) as [string, string]
  const isWrong = a.length === 1 && b.length === 1 && isLetter(one[start + 1])
  const isOneMore = a.length + b.length === 1
  const isSwapped = a.length === 2 && a[0] === b[1] && a[1] === b[0]
  return (
    (isWrong || isOneMore || isSwapped) &&
    [...a, ...b].every(isLetter) &&
    [one, other].every((text) => wordAround(text, start, text.length - end) >= 5)
  )
}

/** The length of the word in which this part stands. */
function wordAround(text: string, from: number, to: number): number {
  let start = from
  while (isLetter(text[start - 1])) start--
  let end = to
  while (isLetter(text[end])) end++
  return end - start
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character)
}
