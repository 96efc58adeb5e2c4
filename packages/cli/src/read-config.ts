import { type ConfigIssue, checkConfig, type JwtAuthConfig } from "@jwt-auth/core"
import type { Io } from "./io.js"
import { offsetOf } from "./locate-issue.js"
import { type ParsedDocument, type Position, parseText } from "./parse-document.js"
import { nameOf, readInput } from "./read-input.js"
import { UsageError } from "./usage-error.js"

export interface LocatedIssue extends ConfigIssue, Position {}

/** A config file, and everything that is wrong with it. */
export interface ReadConfig {
  readonly file: string
  readonly issues: readonly LocatedIssue[]
  /** The config with its defaults filled in, when no issue is an error. */
  readonly config?: JwtAuthConfig
}

/** Reads a config from a YAML or JSON file, or from standard input. */
export async function readConfig(io: Io, file: string): Promise<ReadConfig> {
  const text = await readInput(io, file)
  refuseProgram(file)
  return { file: nameOf(file), ...checkDocument(parseText(text)) }
}

function refuseProgram(file: string): void {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return
  throw new UsageError(
    `${nameOf(file)} is a program, and a config is YAML or JSON`,
    'Have the program write its config out: writeFileSync("jwt-auth.json", JSON.stringify(config)).',
  )
}

function checkDocument(parsed: ParsedDocument): Omit<ReadConfig, "file"> {
  if ("problem" in parsed) {
    const { position, message } = parsed.problem
    return { issues: [{ severity: "error", path: "", message, ...position }] }
  }
  const { config, issues } = checkConfig(parsed.value)
  const located = issues
    .map((issue) => ({ ...issue, ...parsed.positionOf(offsetOf(parsed.document, issue.path)) }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
  return { issues: located, ...(config !== undefined && { config }) }
}
