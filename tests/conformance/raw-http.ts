import { connect } from "node:net"

/** A request byte for byte: no client library in between that tidies targets, joins headers or refuses odd ones. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  /** As sent, in this order; a value holds one character per byte. */
  readonly headers: readonly (readonly [name: string, value: string])[]
}

export interface RawResponse {
  readonly status: number
  /** By lower-case name; of a repeated header the last value. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Sends one request to a server on this machine and reads until it closes the connection. */
export async function rawRequest(port: number, request: RawRequest): Promise<RawResponse> {
  const lines = [...request.headers, ["Connection", "close"] as const].map(
    ([name, value]) => `${name}: ${value}`,
  )
  const head = [`${request.method} ${request.target} HTTP/1.1`, ...lines, "", ""].join("\r\n")
  return parseResponse(await exchange(port, Buffer.from(head, "latin1")))
}

function exchange(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
    socket.setTimeout(20_000, () => socket.destroy(new Error("no answer")))
    socket.on("data", (chunk) => chunks.push(chunk))
    socket.on("error", reject)
    socket.on("close", () => resolve(Buffer.concat(chunks)))
  })
}

function parseResponse(bytes: Buffer): RawResponse {
  const end = bytes.indexOf("\r\n\r\n")
  if (end === -1) throw new Error(`the server closed the connection after ${bytes.length} bytes`)
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n")
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":")
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const rest = bytes.subarray(end + 4)
  const body = headers["transfer-encoding"] === "chunked" ? joined(rest) : rest
  return { status: Number(statusLine.split(" ")[1]), headers, body: body.toString("utf8") }
}

/** The chunks of RFC 9112 §7.1 without their sizes; an answer to HEAD has none. */
function joined(bytes: Buffer): Buffer {
  const start = bytes.indexOf("\r\n") + 2
  const size = Number.parseInt(bytes.subarray(0, start).toString("latin1"), 16)
  if (!(size > 0)) return Buffer.alloc(0)
  return Buffer.concat([bytes.subarray(start, start + size), joined(bytes.subarray(start + size + 2))])
}
