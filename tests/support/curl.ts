import { readFileSync } from "node:fs"
import { type IncomingMessage, request } from "node:http"
import { join } from "node:path"
import { text } from "node:stream/consumers"

/** A command of a console block, and what stands below it. */
export interface Exchange {
  readonly command: string
  readonly shown: string
}

export function exchangesOf(session: string): readonly Exchange[] {
  return session
    .split(/^\$ /m)
    .filter((part) => part !== "")
    .map((part) => {
      const [command = "", ...shown] = part.trimEnd().split("\n")
      return { command, shown: shown.join("\n") }
    })
}

export interface Response {
  /** With `-i`: the status line, and each header as sent. */
  readonly head: readonly string[]
  readonly body: string
}

/** Where the commands are sent, and where their `$(cat file)` reads. */
export interface Target {
  /** Stands for port 3000. */
  readonly port?: number
  readonly folder?: string
}

/** Does what this curl command does, as far as the documentation needs it: -i, -X, -H. */
export async function curl(command: string, { port, folder = "." }: Target = {}): Promise<Response> {
  const { method, headers, url, showsHead } = parse(command, folder)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const path = url.pathname + url.search
    const options = {
      host: "127.0.0.1",
      port: port ?? url.port,
      path,
      method,
      headers: { Host: url.host, ...headers },
    }
    request({ ...options, agent: false }, resolve)
      .on("error", reject)
      .end()
  })
  return { head: showsHead ? headOf(response) : [], body: await text(response) }
}

function parse(command: string, folder: string) {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "")
  if (words.shift() !== "curl") throw new Error(`not a curl command: ${command}`)
  const headers: Record<string, string> = {}
  let method = "GET"
  let showsHead = false
  let url = ""
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "-i") showsHead = true
    else if (word === "-X") method = words.shift() ?? ""
    else if (word === "-H") {
      const [name = "", value = ""] = (words.shift() ?? "").split(/: (.*)/)
      headers[name] = value.replace(/\$\(cat (\S+)\)/, (_, file: string) =>
        readFileSync(join(folder, file), "utf8"),
      )
    } else if (word.startsWith("-")) throw new Error(`unknown option ${word}`)
    else url = word
  }
  return { method, headers, showsHead, url: new URL(url.replace(/^(?!http:)/, "http://")) }
}

function headOf({ httpVersion, statusCode, statusMessage, rawHeaders }: IncomingMessage): readonly string[] {
  const lines = [`HTTP/${httpVersion} ${statusCode} ${statusMessage}`]
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
  return lines
}
