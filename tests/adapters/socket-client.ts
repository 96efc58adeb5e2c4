import { once } from "node:events"
import { connect, type Socket } from "node:net"
import { onTestFinished } from "vitest"
import { WebSocket } from "ws"
import type { Seen } from "./socket-servers.js"

/** A handshake, byte for byte as told. */
export interface Handshake {
  readonly method?: string
  readonly target?: string
  readonly host?: string
  /** The protocol asked for. */
  readonly upgrade?: string
  readonly headers?: readonly string[]
}

/** What came back, taken apart but not tidied. */
export interface Answer {
  readonly status: number
  readonly statusLine: string
  readonly lines: readonly string[]
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function handshake(sent: Handshake = {}): Buffer {
  const { method = "GET", target = "/ws", host = "127.0.0.1", upgrade = "websocket", headers = [] } = sent
  const keys = ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"]
  const lines = [`Host: ${host}`, "Connection: Upgrade", `Upgrade: ${upgrade}`, ...keys, ...headers]
  return Buffer.from([`${method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n"), "latin1")
}

/** A connection that is gone at the end of the test. Its errors are what some tests are about. */
export async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" })
  onTestFinished(() => void socket.destroy())
  socket.on("error", () => {})
  await once(socket, "connect")
  return socket
}

/** Sends a handshake that will be refused, and reads until the server closes the connection. */
export async function knock(port: number, sent: Handshake = {}): Promise<Answer> {
  const socket = await dial(port)
  socket.write(handshake(sent))
  const chunks: Buffer[] = []
  for await (const chunk of socket) {
    chunks.push(chunk as Buffer)
    if (/^HTTP\/1\.1 101 /.test(chunks[0]?.toString("latin1") ?? "")) throw new Error("it was not refused")
  }
  return parse(Buffer.concat(chunks))
}

/** Reads until this text has come. Text frames of a server are not masked. */
export async function readUntil(socket: Socket, text: string): Promise<string> {
  let read = ""
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    read += (chunk as Buffer).toString("latin1")
    if (read.includes(text)) return read
  }
  throw new Error(`the connection was closed before ${JSON.stringify(text)}: ${JSON.stringify(read)}`)
}

/** RFC 6455 §5.2: one short text frame of a client, masked with zeros. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  if (payload.length > 125) throw new RangeError("too long for a short frame")
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** Opens a WebSocket, and reads who the server takes us for. */
export async function join(
  port: number,
  sent: { readonly path?: string; readonly headers?: Record<string, string | string[]> } = {},
): Promise<{ readonly seen: Seen; readonly socket: WebSocket }> {
  const { path = "/ws", headers = {} } = sent
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    headers: headers as Record<string, string>,
  })
  onTestFinished(() => socket.terminate())
  const [greeting] = (await once(socket, "message")) as [Buffer]
  return { seen: JSON.parse(greeting.toString()) as Seen, socket }
}

export async function ask(socket: WebSocket, text: string): Promise<string> {
  const answered = once(socket, "message") as Promise<[Buffer]>
  socket.send(text)
  return (await answered)[0].toString()
}

export function parse(bytes: Buffer): Answer {
  const end = bytes.indexOf("\r\n\r\n")
  if (end === -1) throw new Error(`no answer in ${JSON.stringify(bytes.toString("latin1"))}`)
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n")
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":")
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const body = bytes.subarray(end + 4).toString("utf8")
  return { status: Number(statusLine.split(" ")[1]), statusLine, lines, headers, body }
}
