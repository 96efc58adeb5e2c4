import { ConfigError } from "@jwt-auth/core"

/** Runs a function of the core whose options are those of a command under other names, and names those in its errors. */
export async function inOurWords<T>(
  ourName: (path: string) => string,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (failure) {
    if (!(failure instanceof ConfigError)) throw failure
    throw new ConfigError(failure.issues.map((issue) => ({ ...issue, path: ourName(issue.path) })))
  }
}
