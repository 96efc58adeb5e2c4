import { ConfigError } from "../src/index.js"

/** What the ConfigError says that this throws: `path: message` for each issue. */
export function problemsOf(act: () => unknown): readonly string[] {
  return configErrorOf(act).issues.map(({ path, message }) => `${path}: ${message}`)
}

export function configErrorOf(act: () => unknown): ConfigError {
  try {
    act()
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error("no ConfigError was thrown")
}
