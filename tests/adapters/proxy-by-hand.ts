import { type IncomingMessage, request, type ServerResponse } from "node:http"

/** Which of Node's views of the headers a proxy goes by. */
export type View = "rawHeaders" | "headersDistinct"

/** A proxy as many write it themselves, which does what RFC 9110 §7.6.1 asks of every one. */
export function proxyByHand(view: View, port: number) {
  return (req: IncomingMessage, res: ServerResponse): Promise<void> =>
    new Promise((resolve, reject) => {
      const { method, url: path } = req
      // Node takes names and values in turn, and sends repeated names as they are; its types know the record only.
      const headers = endToEnd(linesOf(req, view)).flat() as never
      const forwarding = request({ host: "127.0.0.1", port, method, path, headers, agent: false })
      forwarding.on("error", reject)
      forwarding.on("response", (answer) => {
        // One by one: what was set before stays, unless the upstream says otherwise.
        for (const [name, values] of Object.entries(answer.headersDistinct)) {
          if (name !== "connection" && values !== undefined) res.setHeader(name, values)
        }
        res.statusCode = answer.statusCode ?? 502
        answer.pipe(res).on("close", resolve)
      })
      req.pipe(forwarding)
    })
}

type Lines = readonly (readonly [string, string])[]

function linesOf(req: IncomingMessage, view: View): Lines {
  if (view === "headersDistinct") {
    const entries = Object.entries(req.headersDistinct)
    return entries.flatMap(([name, values = []]) => values.map((value) => [name, value] as const))
  }
  const { rawHeaders } = req
  const names = rawHeaders.filter((_, i) => i % 2 === 0)
  return names.map((name, i) => [name, rawHeaders[2 * i + 1] ?? ""])
}

/** Without `Connection` and whatever it names: those headers were meant for this hop only. */
function endToEnd(lines: Lines): Lines {
  const named = lines
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((option) => option.trim().toLowerCase()))
  const hop = new Set([...named, "connection", "keep-alive", "te", "trailer"])
  return lines.filter(([name]) => !hop.has(name.toLowerCase()))
}
