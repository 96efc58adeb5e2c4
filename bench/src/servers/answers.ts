import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import { text } from "node:stream/consumers"

/** What a server says to a caller. */
export interface Answer {
  readonly status: number
  readonly body: string
}

export async function ask(port: number, token?: string): Promise<Answer> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` }
  const sending = request({ host: "127.0.0.1", port, headers, agent: false }).end()
  const [response] = (await once(sending, "response")) as [IncomingMessage]
  return { status: response.statusCode ?? 0, body: await text(response) }
}
