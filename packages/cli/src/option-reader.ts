import type { CurlOption } from "./curl-options.js"
import type { CurlCommand } from "./parse-curl.js"

/** The options of a curl command, by name. */
export interface OptionReader {
  has(...names: readonly CurlOption[]): boolean
  all(name: CurlOption): readonly string[]
  /** Of an option that counts once, the last. */
  last(name: CurlOption): string | undefined
}

export function optionReader({ options }: CurlCommand): OptionReader {
  const all = (name: CurlOption) => options.filter((option) => option.name === name).map(({ value }) => value)
  return {
    has: (...names) => options.some(({ name }) => names.includes(name)),
    all,
    last: (name) => all(name).at(-1),
  }
}
