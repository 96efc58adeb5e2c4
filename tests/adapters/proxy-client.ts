import { connect } from "node:net"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { type Sent, send } from "@jwt-auth/test-support/http"
import { expect } from "vitest"
import type { Stack } from "./proxy-stacks.js"
import { type Received, startUpstream } from "./upstream.js"

/** Sends one request through a stack and returns what the upstream got of it. Without a config, nobody guards. */
export async function through(
  stack: Stack,
  config: JwtAuthConfig | undefined,
  sent: Sent,
): Promise<Received> {
  const upstream = await startUpstream()
  const reply = await send(await stack.start(upstream.port, config), sent)
  expect([reply.status, upstream.received.length]).toEqual([200, 1])
  return upstream.received[0] as Received
}

/** Sends these very bytes, one for each character, and returns everything until the server closes. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes, "latin1"))
    socket.on("data", (chunk) => chunks.push(chunk))
    socket.on("error", reject)
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")))
  })
}

/** A POST whose length is not said before: in chunks, and with trailers after them. */
export function chunkedPost(
  path: string,
  headers: readonly string[],
  chunks: readonly string[],
  trailers: readonly string[] = [],
): string {
  const head = [
    `POST ${path} HTTP/1.1`,
    "Host: a",
    "Connection: close",
    ...headers,
    "Transfer-Encoding: chunked",
    "",
    "",
  ]
  const body = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
  return [head.join("\r\n"), ...body, "0\r\n", ...trailers.map((line) => `${line}\r\n`), "\r\n"].join("")
}
