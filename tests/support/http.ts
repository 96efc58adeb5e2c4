import { once } from "node:events"
import { type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { onTestFinished } from "vitest"

/** Runs a server on a free port of the loopback interface until the test ends. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  /** An array sends the header once for each value. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends a request without any of the tidying that `fetch` does. */
export async function send(port: number, sent: Sent = {}): Promise<Reply> {
  const { method = "GET", path = "/", host = "127.0.0.1", headers = {}, body } = sent
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((v) => [name, v]))
  const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))]
  const flat = ["Host", host, ...length, ...lines.flat()] as string[]
  // Node takes names and values in turn, and sends repeated names as they are; its types know the record only.
  const options = { port, host: "127.0.0.1", method, path, headers: flat as never, agent: false }
  const sending = request({ ...options, setHost: false })
  sending.end(body)
  const [response] = (await once(sending, "response")) as [IncomingMessage]
  return { status: response.statusCode ?? 0, headers: response.headers, body: await textOf(response) }
}

/** Sends these very bytes and returns the whole answer: what no HTTP client would let us write. */
export async function sendRaw(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1")
  socket.write([...lines, "Connection: close", "", ""].join("\r\n"))
  return textOf(socket)
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
