import { type Line, yellow } from "./lines.js"

/** Several consumers often fail for one mistake; it is told once. */
export function renderHint(hint: string | undefined, told: Set<string>): Line[] {
  if (hint === undefined || told.has(hint)) return []
  told.add(hint)
  return [["  ", yellow("→ "), hint]]
}
