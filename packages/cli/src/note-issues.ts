import type { ConfigIssue } from "@jwt-auth/core"
import { type Io, note } from "./io.js"
import type { Line } from "./lines.js"

/** What the core says against something that has no place in a file: an option, a key that was read. */
export function noteIssues(io: Io, issues: readonly ConfigIssue[]): void {
  note(io, ...issues.flatMap(({ path, message, fix }) => problem([path, message].join(" ").trim(), fix)))
}

/** A problem, and what to do about it. */
export function problem(message: string, fix: string | undefined): Line[] {
  return [[`jwt-auth: ${message}`], ...(fix === undefined ? [] : [[`    → ${fix}`]])]
}
