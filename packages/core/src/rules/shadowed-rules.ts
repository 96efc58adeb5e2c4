import { entry } from "../config/entry.js"
import type { RulePattern } from "./rule-pattern.js"
import { shadows } from "./shadows.js"

/**
 * The patterns that never apply, each with the first before it that shadows it. Comparing all pairs would take seconds for
 * some thousand rules: every pattern is filed by what it says, and compared only with those that may include it.
 */
export function shadowedRules(
  patterns: readonly RulePattern[],
): readonly { readonly rule: number; readonly by: number }[] {
  const files: readonly File[] = fieldsOf({}).map(() => new Map())
  return patterns.flatMap((pattern, rule) => {
    const fields = fieldsOf(pattern)
    const before = (candidates: readonly number[]) =>
      candidates.find((earlier) => shadows(patterns[earlier] ?? {}, pattern)) ?? rule
    // Not Math.min(...): there may be more lists than a call takes arguments.
    const by = fewest(files, fields)
      .map(before)
      .reduce((a, b) => Math.min(a, b), rule)
    for (const [i, file] of files.entries()) {
      for (const text of new Set(fields[i])) entry(file, text, () => []).push(rule)
    }
    return by === rule ? [] : [{ rule, by }]
  })
}

/** Positions of rules, in order, by a text of one field. */
type File = Map<string, number[]>

/** What a pattern says, field by field; methods are too few to tell rules apart. The empty text stands for everything. */
function fieldsOf({ paths, domains, routes }: RulePattern): readonly (readonly string[])[] {
  return [
    paths?.map(({ base }) => base) ?? [""],
    domains?.map((domain) => (domain.kind === "any" ? "" : domain.text)) ?? [""],
    [...(routes ?? [""])],
  ]
}

/** Earlier rules that may include a pattern, by the field that leaves the fewest. Its first value is as good as any. */
function fewest(
  files: readonly File[],
  fields: readonly (readonly string[])[],
): readonly (readonly number[])[] {
  const found = files.flatMap((file, i) => {
    const text = fields[i]?.[0]
    return text === undefined ? [] : [widerTexts(text).map((wider) => file.get(wider) ?? [])]
  })
  const size = (lists: readonly (readonly number[])[]) => lists.reduce((sum, { length }) => sum + length, 0)
  return found.toSorted((a, b) => size(a) - size(b))[0] ?? []
}

/** What a pattern may say that includes one with this text: `/a` for `/a/b`, `.b.c` and `a.` for `a.b.c`, or itself. */
function widerTexts(text: string): readonly string[] {
  const wider = ["", text]
  for (let i = 1; i < text.length; i++) {
    if (text[i] === "/") wider.push(text.slice(0, i))
    if (text[i] === ".") wider.push(text.slice(0, i + 1), text.slice(i))
  }
  return wider
}
