import { type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"
import type { Answer, DemoRequest } from "./requests.js"

/** Sends a request as curl would, over a real socket, with the Host header of the document. */
export async function send({ host, path, headers }: DemoRequest, port: number): Promise<Answer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers: { Host: host, ...headers }, agent: false }
    request(options, resolve).on("error", reject).end()
  })
  return readAnswer(response.statusCode ?? 0, await text(response))
}

/** The handler answers in lines: "ok", who is calling, and the headers that it saw. */
function readAnswer(status: number, body: string): Answer {
  if (status !== 200) return { status, body, consumer: "", seen: [] }
  const [first = "", consumer = "", ...seen] = body.trimEnd().split("\n")
  return { status, body: first, consumer, seen }
}
