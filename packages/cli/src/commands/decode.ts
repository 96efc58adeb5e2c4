import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { type Io, note, print, printJson } from "../io.js"
import { nameOf, readInput } from "../read-input.js"
import { mostTokenBytes, readLoosely } from "../read-loosely.js"
import { renderToken, timesOf } from "../render-token.js"

export interface DecodeArguments {
  readonly file?: string
  readonly json?: boolean
}

export function defineDecode(program: Command, act: Act): void {
  program
    .command("decode")
    .summary("show what a token says, without verifying it")
    .description(
      "Shows the header and the payload of a token from a file or standard input. Nothing is verified: anybody can write such a token.",
    )
    .argument("[file]", "file with the token; - is standard input", "-")
    .option("--json", "the result as JSON")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth decode token.txt"],
        ["pbpaste | jwt-auth decode", "from the clipboard (xclip -o, Get-Clipboard)"],
      ),
    )
    .action((file: string, options: { json?: boolean }) => act((io) => decode(io, { file, ...options })))
}

/** 1 when what is there is no token. */
export async function decode(io: Io, { file = "-", json = false }: DecodeArguments): Promise<ExitCode> {
  const read = readLoosely(await readInput(io, file, mostTokenBytes))
  if ("problem" in read) {
    note(io, [`jwt-auth: ${nameOf(file)}: not a JWT: ${read.problem}`])
    return exitCode.refused
  }
  if (json) printJson(io, { verified: false, ...read, times: timesOf(read.payload, io.now()) })
  else print(io, renderToken(read, io.now()))
  return exitCode.ok
}
