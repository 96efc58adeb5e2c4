import { ConfigError } from "@jwt-auth/core"
import { CommanderError } from "commander"
import { type ExitCode, exitCode } from "./exit-code.js"
import { type Io, note } from "./io.js"
import { noteIssues, problem } from "./note-issues.js"
import { UsageError } from "./usage-error.js"

/** Says what kept `command` from its work. Nothing that was typed is repeated but the names of options. */
export function reportFailure(failure: unknown, io: Io, command: string): ExitCode {
  if (failure instanceof CommanderError) return reportCommandLine(failure, io, command)
  if (failure instanceof UsageError) {
    note(io, ...problem(failure.message, failure.fix))
  } else if (failure instanceof ConfigError) {
    noteIssues(io, failure.issues)
  } else {
    reportBug(failure, io)
  }
  return exitCode.usage
}

function reportCommandLine(
  { code, message, exitCode: given }: CommanderError,
  io: Io,
  command: string,
): ExitCode {
  // Asked for help or the version: no failure. Asked for nothing: help has been printed.
  if (given === 0) return exitCode.ok
  if (code === "commander.help") return exitCode.usage
  const { what, fix = `See ${command} --help.` } = describe(code, message)
  note(io, ...problem(what, fix))
  return exitCode.usage
}

const tokenFix =
  "A token on the command line stays in the shell's history and in the list of processes. " +
  "Put it into a file, or send it to standard input: explain takes it by --token-file FILE or --token-file -, decode by " +
  "the name of the file or by -."

function describe(code: string, message: string): { what: string; fix?: string } {
  const meant = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message)?.[1]
  const fix = meant === undefined ? {} : { fix: `Did you mean ${meant}?` }
  switch (code) {
    case "commander.unknownOption": {
      const option = /'(--?[a-z][a-z-]{0,24})(?:=|')/.exec(message)?.[1]
      if (option === "--token") return { what: "there is no option --token", fix: tokenFix }
      return { what: option === undefined ? "unknown option" : `unknown option ${option}`, ...fix }
    }
    case "commander.unknownCommand": {
      const command = /'([a-z-]{1,16})'/.exec(message)?.[1]
      return { what: command === undefined ? "unknown command" : `unknown command ${command}`, ...fix }
    }
    case "commander.excessArguments":
      return { what: "too many arguments" }
    default:
      // Missing arguments and missing values: these messages name what is missing, and nothing that was typed.
      return {
        what: missing.includes(code) ? message.replace(/^error: /, "") : "the command line is wrong",
      }
  }
}

const missing: readonly string[] = [
  "commander.missingArgument",
  "commander.optionMissingArgument",
  "commander.missingMandatoryOptionValue",
]

/** Its message is withheld: nobody knows what is in it. The places in the code are enough to find it. */
function reportBug(failure: unknown, io: Io): void {
  const stack = failure instanceof Error ? (failure.stack ?? "") : ""
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line))
  note(io, ["jwt-auth: this is a bug in jwt-auth; please report it, with these lines:"])
  note(io, ...frames.slice(0, 8).map((frame) => [frame.trim()]))
}
