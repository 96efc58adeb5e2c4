import { expandCurl, withoutExpandedToken } from "./expand-curl.js"
import { type Header, type HttpRequest, parseHeader, parseRequestLine } from "./http-request.js"
import { type Io, note } from "./io.js"
import { parseCurl } from "./parse-curl.js"
import { readCurl } from "./read-curl.js"
import { readInput } from "./read-input.js"
import { mostTokenBytes } from "./read-loosely.js"
import { UsageError } from "./usage-error.js"

/** The options that say what the request is. */
export interface RequestArguments {
  readonly request?: string
  readonly header?: readonly string[]
  readonly curl?: string
  readonly tokenFile?: string
}

export async function readRequest(io: Io, args: RequestArguments): Promise<HttpRequest> {
  const { curl, tokenFile } = args
  if ((args.request === undefined) === (curl === undefined)) {
    throw new UsageError(
      "say what the request is: either --request or --curl",
      "See jwt-auth explain --help.",
    )
  }
  const request = curl === undefined ? fromOptions(args) : await fromCurl(io, curl, tokenFile !== undefined)
  const headers = [...request.headers, ...(args.header ?? []).map(parseHeader)]
  const token = tokenFile === undefined ? [] : [await tokenHeader(io, tokenFile)]
  if (token.length > 0 && headers.some(([name]) => name.toLowerCase() === "authorization")) {
    throw new UsageError(
      "the request has a header Authorization already",
      "Give the token in one of the two ways.",
    )
  }
  return { ...request, headers: [...headers, ...token] }
}

function fromOptions({ request = "" }: RequestArguments): HttpRequest {
  return { ...parseRequestLine(request), headers: [] }
}

async function fromCurl(io: Io, curl: string, hasToken: boolean): Promise<HttpRequest> {
  const command = parseCurl(curl === "-" ? await readInput(io, "-", mostTokenBytes) : curl)
  note(io, ...command.notes.map((text) => [`jwt-auth: ${text}`]))
  return readCurl(await expandCurl(io, hasToken ? withoutExpandedToken(command) : command))
}

async function tokenHeader(io: Io, file: string): Promise<Header> {
  // Without the line break at its end, like $(cat FILE); whatever else is wrong is worth explaining.
  const text = (await readInput(io, file, mostTokenBytes)).replace(/[\r\n]+$/, "")
  if (text === "") throw new UsageError("there is no token: what was read is empty")
  return ["Authorization", `Bearer ${text}`]
}
