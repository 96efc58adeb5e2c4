import { once } from "node:events"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { parseArgs } from "node:util"
import { createApp } from "./app.js"
import { differences } from "./compare.js"
import { curlLines } from "./curl-lines.js"
import { documentDay, seconds, sections } from "./requests.js"
import { send } from "./send.js"
import { type Row, renderTable, type Section, wantsColour } from "./table.js"

const { values: args } = parseArgs({ options: { serve: { type: "boolean", default: false } } })

const failures = await showTable()
if (args.serve) await serve()
process.exitCode = failures === 0 ? 0 : 1

/** Sends every request to a real server and prints what came back. Returns the number of rows that differ. */
async function showTable(): Promise<number> {
  let now = 0
  const { server, port } = await listen(() => now, 0)
  const shown: Section[] = []
  for (const { heading, requests } of sections) {
    const rows: Row[] = []
    for (const request of requests) {
      now = seconds(request.day ?? documentDay)
      const answer = await send(request, port)
      rows.push({ request, answer, problems: differences(request.expected, answer) })
    }
    shown.push({ heading, rows })
  }
  server.close()

  const all = shown.flatMap(({ rows }) => rows)
  const failed = all.filter(({ problems }) => problems.length > 0).length
  console.log(`The example of the Higress jwt-auth document, answered by Express on 127.0.0.1:${port}.`)
  console.log(`The clock stands at ${documentDay}, unless a row says otherwise.\n`)
  console.log(renderTable(shown, wantsColour(process.env, process.stdout.isTTY)))
  console.log(
    failed === 0
      ? `All ${all.length} answers are what the document says.`
      : `${failed} of ${all.length} answers differ from what the document says.`,
  )
  return failed
}

/** Stays up under the real clock, for the reader's own requests. */
async function serve(): Promise<void> {
  const systemClock = () => Math.floor(Date.now() / 1000)
  const { port } = await listen(systemClock, Number(process.env["PORT"] ?? 0))
  console.log(`\nServing on http://127.0.0.1:${port} until you press Ctrl+C. Try:\n`)
  for (const line of curlLines(port, systemClock())) console.log(line)
}

async function listen(now: () => number, wanted: number): Promise<{ server: Server; port: number }> {
  const server = createServer(createApp(now)).listen(wanted, "127.0.0.1")
  await once(server, "listening")
  return { server, port: (server.address() as AddressInfo).port }
}
