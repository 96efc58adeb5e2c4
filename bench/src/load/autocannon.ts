// Asks with the tokens of a file in turn, where wrk is not installed: autocannon.ts url connections seconds file
import { readFileSync } from "node:fs"
import autocannon from "autocannon"

const [url = "", connections = "", seconds = "", file = ""] = process.argv.slice(2)
const tokens = readFileSync(file, "utf8").trimEnd().split("\n")
let asked = 0

const result = await autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  requests: [
    {
      setupRequest: (request) => {
        const authorization = `Bearer ${tokens[asked % tokens.length]}`
        asked += 1
        return { ...request, headers: { ...request.headers, authorization } }
      },
    },
  ],
})
const { requests, duration, non2xx, errors, latency } = result
const load = {
  requests: requests.total,
  seconds: duration,
  failed: non2xx + errors,
  p50: latency.p50,
  p99: latency.p99,
}
console.log(JSON.stringify(load))
