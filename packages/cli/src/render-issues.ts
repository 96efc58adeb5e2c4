import { bold, dim, type Line, red, yellow } from "./lines.js"
import type { LocatedIssue, ReadConfig } from "./read-config.js"

/** Each issue as compilers write it, `file:line:column`, which editors and terminals make a link of. */
export function renderIssues({ file, issues }: Pick<ReadConfig, "file" | "issues">): Line[] {
  return issues.flatMap((issue) => renderIssue(file, issue))
}

function renderIssue(file: string, { line, column, severity, path, message, fix }: LocatedIssue): Line[] {
  const mark = severity === "error" ? red(severity) : yellow(severity)
  const what = path === "" ? [message] : [bold(path), ` ${message}`]
  const lines: Line[] = [[`${file}:${line}:${column}: `, mark, ": ", ...what]]
  return fix === undefined ? lines : [...lines, [dim("    → "), fix]]
}

/** `2 problems, 1 warning`; empty when there is nothing. */
export function countIssues(issues: readonly LocatedIssue[]): string {
  const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length
  const parts = [
    [count("error"), "problem"],
    [count("warning"), "warning"],
  ] as const
  return parts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => `${number} ${noun}${number === 1 ? "" : "s"}`)
    .join(", ")
}
