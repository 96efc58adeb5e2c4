import { createRequire } from "node:module"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import type { Io } from "../io.js"
import { readInput } from "../read-input.js"
import { UsageError } from "../usage-error.js"

export function defineSchema(program: Command, act: Act): void {
  program
    .command("schema")
    .summary("print the JSON Schema of the config, for editors")
    .description(
      "Prints the JSON Schema of the config, for editors. Its text is that of @jwt-auth/core/config.schema.json.",
    )
    .addHelpText(
      "after",
      examples([
        "jwt-auth schema > jwt-auth.schema.json",
        "then, at the top of a YAML config: # yaml-language-server: $schema=jwt-auth.schema.json",
      ]),
    )
    .action(() => act(schema))
}

export async function schema(io: Io): Promise<ExitCode> {
  io.stdout.write(await readInput(io, schemaFile()))
  return exitCode.ok
}

function schemaFile(): string {
  try {
    return createRequire(import.meta.url).resolve("@jwt-auth/core/config.schema.json")
  } catch {
    throw new UsageError("the schema is not there", "In a checkout of jwt-auth it comes with the build.")
  }
}
