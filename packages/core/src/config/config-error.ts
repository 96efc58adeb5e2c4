/** One finding about a config document. */
export interface ConfigIssue {
  /** An error keeps the document from being used; a warning does not, and is printed by nobody on its own. */
  readonly severity: "error" | "warning"
  /** Where: `consumers[1].jwks.keys[0].n`. Empty for the document as a whole. */
  readonly path: string
  /** What is wrong. Never holds the value of a key. */
  readonly message: string
  /** What to do about it. */
  readonly fix?: string
}

/**
 * Thrown for what cannot be used: a config, or what an issuer, a key or a token was to be made of. `issues` has every
 * problem, warnings included.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError"
  readonly code = "ERR_JWT_AUTH_CONFIG"

  /** By its code: a process may load this class more than once, as ESM and as CommonJS. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && "code" in value && value.code === "ERR_JWT_AUTH_CONFIG"
  }

  readonly issues: readonly ConfigIssue[]

  /** @param subject what has the problems: `config`, `issuer`, `key`, `token` */
  constructor(issues: readonly ConfigIssue[], subject = "config") {
    const errors = issues.filter((issue) => issue.severity === "error")
    const count = errors.length === 1 ? "1 problem" : `${errors.length} problems`
    super([`The jwt-auth ${subject} has ${count}:`, ...errors.map(formatIssue)].join("\n"))
    this.issues = issues
  }
}

function formatIssue({ path, message, fix }: ConfigIssue): string {
  const where = path === "" ? "" : `${path}: `
  return `  - ${where}${message}${fix === undefined ? "" : `\n    ${fix}`}`
}

export function error(path: string, message: string, fix?: string): ConfigIssue {
  return { severity: "error", path, message, ...(fix !== undefined && { fix }) }
}

export function warning(path: string, message: string, fix: string): ConfigIssue {
  return { severity: "warning", path, message, fix }
}
