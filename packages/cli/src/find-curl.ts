import { UsageError } from "./usage-error.js"

/** The text from the word curl on: before it may stand prompts, variables, comments and other commands. */
export function fromCurlOn(text: string): string {
  const lines = text.split("\n")
  for (const [i, line] of lines.entries()) {
    const [, before = "", name] = isComment(line) ? [] : (curl.exec(line) ?? [])
    if (name !== undefined) return [line.slice(before.length), ...lines.slice(i + 1)].join("\n")
  }
  throw text.trim() === ""
    ? new UsageError("there is no curl command: what was read is empty")
    : new UsageError(
        "this is not a curl command",
        "None of its words is curl. For another request use --request and -H.",
      )
}

const curl = /^((?:.*?[\s;&|])??)((?:[\w./~:-]*\/)?curl(?:\.exe)?)(?=\s|$)/

/** `# curl …` is what stands behind the prompt of a superuser. */
function isComment(line: string): boolean {
  return /^\s*#(?!\s*curl\s)/.test(line)
}

/** What is worth knowing about where the shell ends the command. */
export function notesOn(endedBy: string | undefined, rest: string): readonly string[] {
  return [
    ...(endedBy === "&" && rest.trim() !== ""
      ? [
          "The shell ends the command at an & outside quotes: what follows was not sent. Put the URL into quotes.",
        ]
      : []),
    ...(endedBy === "\n" && /^\s*-{1,2}[a-z]/i.test(rest)
      ? [
          "The shell ends the command at a line break without a backslash before it: what follows was not sent.",
        ]
      : []),
    ...(anotherCurl.test(rest) ? ["Only the first curl command is explained, and another follows it."] : []),
  ]
}

/** At the beginning of a command, or behind a prompt. */
const anotherCurl =
  /(?:^|[\n;&|(])[^\S\n]*(?:[^\n;&|'"]{0,80}[$%#>][^\S\n]+)?(?:[\w./~-]{1,80}\/)?curl(?:\.exe)?\s/
