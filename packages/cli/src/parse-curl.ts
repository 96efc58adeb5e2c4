import { type CurlOption, isRead, longName, takesValue } from "./curl-options.js"
import { fromCurlOn, notesOn } from "./find-curl.js"
import { splitShellWords } from "./shell-words.js"
import { UsageError } from "./usage-error.js"

/** What a curl command asks for, option by option. */
export interface CurlCommand {
  readonly options: readonly { readonly name: CurlOption; readonly value: string }[]
  readonly urls: readonly string[]
  /** What is worth knowing about how the shell reads the command. */
  readonly notes: readonly string[]
}

export function parseCurl(text: string): CurlCommand {
  if (/\^\s*\r?\n|\bcurl(?:\.exe)?\s+\^"/.test(text)) {
    throw new UsageError(
      "this is a curl command for the Windows prompt",
      'In the browser choose "Copy as cURL (bash)".',
    )
  }
  const { words, endedBy, rest } = splitShellWords(fromCurlOn(text))
  return { ...parseWords(words.slice(1)), notes: notesOn(endedBy, rest) }
}

function parseWords(words: readonly string[]): Omit<CurlCommand, "notes"> {
  const options: { name: CurlOption; value: string }[] = []
  const urls: string[] = []
  const left = words.values()
  const next = (): string | undefined => left.next().value
  const take = (name: string, value: string | undefined) => {
    if (value === undefined)
      throw new UsageError(`curl's --${name} has no value`, "Was the command copied whole?")
    if (name === "url") urls.push(value)
    else if (isRead(name)) options.push({ name, value })
  }
  for (const word of left) {
    if (!word.startsWith("-") || word === "-") {
      urls.push(word)
    } else if (word.startsWith("--")) {
      const [, name = "", value] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
      take(name, needsValue(name) ? (value ?? next()) : "")
    } else {
      for (const { name, attached } of shortOptions(word))
        take(name, needsValue(name) ? (attached ?? next()) : "")
    }
  }
  return { options, urls }
}

/** `-sSH value`: letters without a value, and at the end perhaps one whose value follows, attached or not. */
function shortOptions(word: string): { readonly name: string; readonly attached?: string }[] {
  const found: { name: string; attached?: string }[] = []
  for (let i = 1; i < word.length; i++) {
    const name = longName(word.charAt(i))
    if (name === undefined) throw unknownOption(`-${word.charAt(i)}`)
    if (!needsValue(name)) {
      found.push({ name })
      continue
    }
    const attached = word.slice(i + 1)
    return [...found, { name, ...(attached !== "" && { attached }) }]
  }
  return found
}

function needsValue(name: string): boolean {
  const takes = takesValue(name)
  if (takes === undefined) throw unknownOption(`--${name}`)
  return takes
}

function unknownOption(option: string): UsageError {
  const shown = /^--?[a-zA-Z0-9][a-z0-9.-]{0,30}$/.test(option) ? option : "one"
  return new UsageError(
    `the curl command has an option that is not followed here: ${shown}`,
    "If it does not matter to the request, leave it out; otherwise use --request and -H.",
  )
}
