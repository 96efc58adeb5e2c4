import { IncomingMessage } from "node:http"
import { Socket } from "node:net"

/** A request as Node's parser hands it over: it fills `rawHeaders`, from which the other views are made on demand. */
export function parsedRequest(lines: readonly string[], url = "/", method = "GET"): IncomingMessage {
  const req = new IncomingMessage(new Socket())
  const message: { _addHeaderLines?(raw: readonly string[], count: number): void } = Object(req)
  message._addHeaderLines?.(lines, lines.length)
  return Object.assign(req, { url, method })
}
