import { type EffectiveConfig, effectiveConfig } from "@jwt-auth/core/explain"
import type { Command } from "commander"
import type { Act } from "../act.js"
import { type ExitCode, exitCode } from "../exit-code.js"
import { examples } from "../help.js"
import { type Io, print, printJson } from "../io.js"
import { green, type Line, red } from "../lines.js"
import { type ReadConfig, readConfig } from "../read-config.js"
import { renderEffective } from "../render-effective.js"
import { countIssues, renderIssues } from "../render-issues.js"

export interface CheckArguments {
  readonly files: readonly string[]
  readonly json?: boolean
}

interface Checked extends ReadConfig {
  readonly effective?: EffectiveConfig
}

export function defineCheck(program: Command, act: Act): void {
  program
    .command("check")
    .summary("find every problem of a config, and show what it will do")
    .description(
      "Finds every problem of configs in YAML or JSON, and shows the rules and consumers as they will be applied.",
    )
    .argument("<file...>", "config files; - is standard input")
    .option("--json", "the result as JSON")
    .addHelpText(
      "after",
      examples(
        ["jwt-auth check jwt-auth.yaml"],
        ["helm template . | jwt-auth check -", "from another program"],
        ["jwt-auth check --json *.yaml | jq '.files[].issues'"],
      ),
    )
    .action((files: string[], options: { json?: boolean }) => act((io) => check(io, { files, ...options })))
}

/** 1 when a file has a problem; warnings alone are 0. */
export async function check(io: Io, { files, json = false }: CheckArguments): Promise<ExitCode> {
  const checked: Checked[] = []
  for (const file of files) {
    const read = await readConfig(io, file)
    checked.push(read.config === undefined ? read : { ...read, effective: effectiveConfig(read.config) })
  }
  if (json) printJson(io, { files: checked.map(toJson) })
  else print(io, checked.flatMap(render))
  return checked.every(({ config }) => config !== undefined) ? exitCode.ok : exitCode.refused
}

/** Without the config itself, which may hold secrets. */
function toJson({ file, issues, config, effective }: Checked): object {
  return { file, ok: config !== undefined, issues, ...effective }
}

function render({ file, issues, config, effective }: Checked, i: number): Line[] {
  const count = countIssues(issues)
  const verdict = config === undefined ? red(count) : green(count === "" ? "ok" : `ok, ${count}`)
  return [
    ...(i > 0 ? [[]] : []),
    ...renderIssues({ file, issues }),
    [`${file}: `, verdict],
    ...(effective === undefined ? [] : [[], ...renderEffective(effective)]),
  ]
}
