import { type Header, type HttpRequest, parseHeader, parseRequestLine } from "./http-request.js"
import { type Io, note } from "./io.js"
import { readCurl } from "./read-curl.js"
import { readInput } from "./read-input.js"
import { UsageError } from "./usage-error.js"

/** The options that say what the request is. */
export interface RequestArguments {
  readonly request?: string
  readonly header?: readonly string[]
  readonly curl?: string
  readonly tokenFile?: string
  /** Only `-` is taken, as another way to say `--token-file -`. */
  readonly token?: string
}

/** A curl command or a token is short; what is longer has been given by mistake. */
const mostBytes = 1024 * 1024

export async function readRequest(io: Io, args: RequestArguments): Promise<HttpRequest> {
  if ((args.request === undefined) === (args.curl === undefined)) {
    throw new UsageError(
      "say what the request is: either --request or --curl",
      "See jwt-auth explain --help.",
    )
  }
  const request = args.curl === undefined ? fromOptions(args) : await fromCurl(io, args.curl)
  const headers = [...request.headers, ...(args.header ?? []).map(parseHeader)]
  const token = await tokenHeader(io, args)
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

async function fromCurl(io: Io, curl: string): Promise<HttpRequest> {
  const { notes, ...request } = readCurl(curl === "-" ? await readInput(io, "-", mostBytes) : curl)
  note(io, ...notes.map((text) => [`jwt-auth: ${text}`]))
  return request
}

async function tokenHeader(io: Io, { token, tokenFile }: RequestArguments): Promise<readonly Header[]> {
  if (token !== undefined && token !== "-") {
    throw new UsageError(
      "a token is not given as an argument: it would stay in the shell's history and in the list of processes",
      "Put it into a file, --token-file FILE, or send it to standard input, --token-file -.",
    )
  }
  const file = token ?? tokenFile
  if (file === undefined) return []
  // Without the line break at its end, like $(cat FILE); whatever else is wrong is worth explaining.
  const text = (await readInput(io, file, mostBytes)).replace(/[\r\n]+$/, "")
  if (text === "") throw new UsageError("there is no token: what was read is empty")
  return [["Authorization", `Bearer ${text}`]]
}
