import { basename } from "node:path"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { apisix, type Gateway, higress } from "../import/gateways.js"
import { type ImportedFiles, importConfig } from "../import/import-config.js"
import { renderNotes } from "../import/render-notes.js"
import { renderYaml } from "../import/render-yaml.js"
import { SourceError } from "../import/source-error.js"
import { type Io, note, noteInColour, printJson, tokenless } from "../io.js"
import type { LocatedIssue } from "../read-config.js"
import { nameOf } from "../read-input.js"
import { renderIssues } from "../render-issues.js"
import { UsageError } from "../usage-error.js"
import { writePrivate } from "../write-file.js"

export interface ImportOptions {
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
  readonly allowWeakHmac?: boolean
}

const exitCodes = `
Exit codes:
  0  imported
  1  imported, but something that may restrict access there was lost: see the notes
  2  not imported: the source cannot be used as safely as it is there; or wrong option, unreadable file`

export function defineImport(program: Command, act: Act): void {
  const command = program
    .command("import")
    .summary("translate the config of a gateway, and say what is otherwise here")
    .description("Translates the jwt-auth config of a gateway into a config of this library.")
    .addHelpText("after", exitCodes)
    .addHelpText(
      "after",
      examples(
        ["jwt-auth import higress wasmplugin.yaml -o jwt-auth.yaml"],
        ["jwt-auth import apisix apisix.yaml -o jwt-auth.yaml"],
      ),
    )
  defineGateway(command, act, higress)
    .description(
      "Translates the config of Higress's jwt-auth plugin, or a WasmPlugin resource around it. Every file may be YAML of " +
        "one or several documents, or JSON. The notes are printed, and stand in the YAML as comments.",
    )
    .addHelpText(
      "after",
      examples(
        ["jwt-auth import higress wasmplugin.yaml -o jwt-auth.yaml"],
        ["kubectl get wasmplugin jwt-auth -n higress-system -o yaml | jwt-auth import higress -"],
        ["jwt-auth import higress --json plugin.yaml | jq '.notes[] | select(.kind == \"lost\")'"],
      ),
    )
  defineGateway(command, act, apisix)
    .description(
      "Translates what Apache APISIX's jwt-auth plugin is configured with: apisix.yaml, or what the admin API answers. " +
        "What several files or documents have of consumers, routes and the like is put together. The notes are printed, and " +
        "stand in the YAML as comments.",
    )
    .option("--allow-weak-hmac", "accept secrets shorter than their hash, on the consumers that have one")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth import apisix apisix.yaml -o jwt-auth.yaml"],
        ["jwt-auth import apisix consumers.json routes.json", "two answers of the admin API"],
      ),
    )
}

function defineGateway(program: Command, act: Act, gateway: Gateway): Command {
  return program
    .command(gateway.name)
    .summary(`the config of ${gateway.title}`)
    .argument("<file...>", "config files; - is standard input")
    .option("-o, --out <file>", "write the YAML here, with mode 0600; an existing file is kept")
    .option("--force", "overwrite the file of --out")
    .option("--json", "print { config, notes } as JSON instead")
    .addHelpText("after", exitCodes)
    .action((files: string[], options: ImportOptions) => act((io) => importFrom(io, gateway, files, options)))
}

/** 1 when something that restricts access could not be carried over; what could be is written all the same. */
export async function importFrom(
  io: Io,
  gateway: Gateway,
  files: readonly string[],
  options: ImportOptions,
): Promise<ExitCode> {
  if (options.json === true && options.out !== undefined)
    throw new UsageError("--json goes to standard output: give either --json or --out")
  try {
    const imported = await importConfig(io, gateway, files, { allowWeakHmac: options.allowWeakHmac === true })
    await write(io, gateway, files, imported, options)
    return imported.notes.some(({ kind }) => kind === "lost") ? exitCode.refused : exitCode.ok
  } catch (failure) {
    if (!(failure instanceof SourceError)) throw failure
    const lines = failure.issues.flatMap(({ file, ...issue }) =>
      renderIssues({ file, issues: [forThisProgram(issue)] }),
    )
    noteInColour(tokenless(io), lines)
    return exitCode.usage
  }
}

async function write(
  io: Io,
  { title }: Gateway,
  files: readonly string[],
  { config, notes, placed }: ImportedFiles,
  { out, force = false, json = false }: ImportOptions,
): Promise<void> {
  if (json) return printJson(io, { config, notes })
  const names = files.map((file) => (file === "-" ? "standard input" : basename(nameOf(file))))
  const yaml = renderYaml(config, placed, `Imported from ${names.join(", ")} (${title}).`)
  const isFile = out !== undefined && out !== "-"
  if (isFile) await writePrivate(io, nameOf(out), yaml, force)
  else io.stdout.write(yaml)
  noteInColour(tokenless(io), renderNotes(notes))
  if (isFile) note(io, [`jwt-auth: ${out} is written`])
}

/** The core speaks of the option of its function. */
function forThisProgram(issue: LocatedIssue): LocatedIssue {
  const fix = issue.fix?.replace("{ allowWeakHmac: true }", "--allow-weak-hmac")
  return fix === undefined ? issue : { ...issue, fix }
}
