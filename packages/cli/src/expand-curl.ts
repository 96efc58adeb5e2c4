import type { Io } from "./io.js"
import type { CurlCommand } from "./parse-curl.js"
import { readInput } from "./read-input.js"
import { mostTokenBytes } from "./read-loosely.js"
import { expand, expansionsIn } from "./shell-expansion.js"
import { UsageError } from "./usage-error.js"

/** Puts the text of FILE where the command has `$(cat FILE)`. Nothing else that a shell expands can be known here. */
export async function expandCurl(io: Io, command: CurlCommand): Promise<CurlCommand> {
  const values = [...command.urls, ...command.options.map(({ value }) => value)]
  const texts = new Map<string, string>()
  for (const expansion of new Set(values.flatMap(expansionsIn))) {
    texts.set(expansion, await outputOf(io, expansion))
  }
  const fill = (word: string) => expand(word, (expansion) => texts.get(expansion) ?? "")
  return {
    ...command,
    urls: command.urls.map(fill),
    options: command.options.map(({ name, value }) => ({ name, value: fill(value) })),
  }
}

/** The token comes from elsewhere: the header in which the command would expand one is left out. */
export function withoutExpandedToken(command: CurlCommand): CurlCommand {
  const isToken = ({ name, value }: CurlCommand["options"][number]) =>
    expansionsIn(value).length > 0 &&
    (name === "oauth2-bearer" || (name === "header" && /^authorization:/i.test(value)))
  return { ...command, options: command.options.filter((option) => !isToken(option)) }
}

async function outputOf(io: Io, expansion: string): Promise<string> {
  const [, file] = /^(?:\$\(|`)\s*(?:cat\s+|<\s*)([\w./@%+,:=][\w./@%+,:=-]*)\s*[)`]$/.exec(expansion) ?? []
  if (file === undefined) {
    throw new UsageError(
      `the curl command has ${describe(expansion)} in it, which only your shell can expand`,
      "Paste what it stands for; or give the token with --token-file FILE or --token-file -.",
    )
  }
  // Like the shell, without the line breaks at its end.
  return (await readInput(io, file, mostTokenBytes)).replace(/\n+$/, "")
}

function describe(expansion: string): string {
  if (expansion.startsWith("$(")) return "$(…)"
  if (expansion.startsWith("`")) return "`…`"
  return `$${/\w{1,40}/.exec(expansion)?.[0] ?? expansion.charAt(1)}`
}
