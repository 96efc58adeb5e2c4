import { createRequire } from "node:module"
import { Command } from "commander"
import type { Act } from "./act.js"
import { defineCheck } from "./commands/check.js"
import { defineDecode } from "./commands/decode.js"
import { defineExplain } from "./commands/explain.js"
import { defineImport } from "./commands/import.js"
import { defineJwks } from "./commands/jwks.js"
import { defineKeygen } from "./commands/keygen.js"
import { defineSchema } from "./commands/schema.js"
import { defineSign } from "./commands/sign.js"
import { type ExitCode, exitCode } from "./exit-code.js"
import { examples, exitCodes } from "./help.js"
import { type Io, tokenless } from "./io.js"
import { reportFailure } from "./report-failure.js"

/** Runs one command line, without the `node` and the file before it. Never rejects. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exitCode.ok
  const program = defineProgram(io, async (command) => {
    code = await command(io)
  })
  try {
    await program.parseAsync(argv, { from: "user" })
    return code
  } catch (failure) {
    return reportFailure(failure, tokenless(io), commandIn(argv, program))
  }
}

/** What has been asked for, as far as it is known: `jwt-auth explain`. */
function commandIn(argv: readonly string[], program: Command): string {
  const [first, ...rest] = argv
  const command = program.commands.find((one) => one.name() === first)
  return command === undefined ? program.name() : `${program.name()} ${commandIn(rest, command)}`
}

function defineProgram({ stdout, stderr }: Io, act: Act): Command {
  const { version } = createRequire(import.meta.url)("../package.json") as { version: string }
  const program = new Command("jwt-auth")
    .description(
      "Checks jwt-auth configs, says why a request is refused, imports from gateways, makes keys and tokens.",
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // The parser's messages quote what was typed; report-failure.ts has its own.
      outputError: () => {},
      getOutHelpWidth: () => 110,
      getErrHelpWidth: () => 110,
    })
    .addHelpText("after", exitCodes)
    .addHelpText(
      "after",
      examples(
        ["jwt-auth check jwt-auth.yaml"],
        [
          "jwt-auth explain --config jwt-auth.yaml --curl -",
          "paste the curl command that fails, then Ctrl-D",
        ],
        ["jwt-auth decode token.txt"],
      ),
    )
  for (const define of [
    defineCheck,
    defineExplain,
    defineDecode,
    defineImport,
    defineKeygen,
    defineSign,
    defineJwks,
    defineSchema,
  ]) {
    define(program, act)
  }
  return program
}
