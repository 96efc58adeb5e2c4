import { bodies } from "./curl-options.js"
import type { Target } from "./http-request.js"
import type { OptionReader } from "./option-reader.js"
import type { CurlCommand } from "./parse-curl.js"
import { UsageError } from "./usage-error.js"

/** Path and query that curl makes of those of the URL, of a file that it uploads and of data that it sends as a query. */
export function curlPath({ path }: Target, command: CurlCommand, options: OptionReader): string {
  return withQuery(withUploadName(path, options), queryOf(command, options))
}

/** A file that is uploaded to a folder goes by its own name. */
function withUploadName(target: string, options: OptionReader): string {
  const [file, ...others] = options.all("upload-file")
  if (file === undefined) return target
  if (others.length > 0 || (/[[\]{}]/.test(file) && !options.has("globoff"))) {
    throw new UsageError("the curl command uploads several files", "Give one request at a time.")
  }
  if (file === "") throw new UsageError("the curl command uploads no file")
  const [path = ""] = target.split("?", 1)
  if (isStandardInput(file) || !path.endsWith("/")) return target
  return `${path}${escaped(file.slice(lastSlash(file) + 1))}${target.slice(path.length)}`
}

function isStandardInput(file: string): boolean {
  return file === "-" || file === "."
}

function lastSlash(file: string): number {
  return Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\"))
}

/** What is made of a URL by these two differs from one version of curl to another. */
function queryOf(command: CurlCommand, options: OptionReader): string {
  if (!options.has("get")) return options.all("url-query").map(urlQuery).join("&")
  if (options.has("url-query")) throw new UsageError("the curl command has both --get and --url-query")
  return dataOf(command).join("&")
}

function dataOf({ options }: CurlCommand): readonly string[] {
  return options.flatMap(({ name, value }) => {
    if (!bodies.some((body) => body === name)) return []
    if (name === "data-urlencode") return [urlEncoded(value)]
    if (value.startsWith("@") && name !== "data-raw") throw fromFile()
    return [value]
  })
}

function urlQuery(text: string): string {
  return text.startsWith("+") ? text.slice(1) : urlEncoded(text)
}

/** `content`, `=content` or `name=content`; the content is encoded. */
function urlEncoded(text: string): string {
  const equals = text.indexOf("=")
  if (equals === -1 && text.includes("@")) throw fromFile()
  const name = equals > 0 ? text.slice(0, equals + 1) : ""
  return name + escaped(text.slice(equals + 1)).replaceAll("%20", "+")
}

/** curl encodes five characters that `encodeURIComponent` does not. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function fromFile(): UsageError {
  return new UsageError("the curl command reads its query from a file", "Write the query into the URL.")
}

function withQuery(path: string, query: string): string {
  if (query === "") return path
  if (path.endsWith("?")) return `${path}${query}`
  return `${path}${path.includes("?") ? "&" : "?"}${query}`
}
