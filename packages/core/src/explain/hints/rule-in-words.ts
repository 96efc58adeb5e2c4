import type { ParsedRule } from "../../config/parse.js"
import { show } from "../show.js"

/** `rules[1]`, or `rules[1] "docs"`. */
export function ruleInWords(rules: readonly ParsedRule[], index: number): string {
  const name = rules[index]?.name
  return name === undefined ? `rules[${index}]` : `rules[${index}] ${show(name)}`
}
