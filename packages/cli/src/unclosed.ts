import { UsageError } from "./usage-error.js"

export function unclosed(opening: string): UsageError {
  return new UsageError(`the curl command has a ${opening} that is never closed`, "Was it copied whole?")
}
