/** The examples at the end of a command's help: what to type, and when that needs a word, what it is for. */
export function examples(...entries: readonly (readonly [command: string, purpose?: string])[]): string {
  const lines = entries.map(([command, purpose]) =>
    purpose === undefined ? `  $ ${command}` : `  $ ${command}\n      ${purpose}`,
  )
  return `\nExamples:\n${lines.join("\n")}\n`
}

export const exitCodes = `
Exit codes:
  0  fine: no problem, allowed, or passes without a token
  1  the answer is no: problems in the config (check), request refused (explain), no token in the input (decode),
     a key set that no consumer takes (jwks), a restriction that could not be carried over (import)
  2  could not be done: wrong option, unreadable file, or, for explain, a config with problems`

/** For an option that may be repeated. */
export function collect(value: string, values: readonly string[] = []): readonly string[] {
  return [...values, value]
}
