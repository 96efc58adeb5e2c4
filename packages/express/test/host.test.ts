import type { IncomingMessage } from "node:http"
import { toAuthRequest } from "@jwt-auth/core/node"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { askRaw, echo, twoConsumers, versions } from "./apps.js"

const hosts = [
  [],
  ["Host:"],
  ["Host: a.example"],
  ["Host: A.example:8443"],
  ["Host: a.example:"],
  ["Host: :80"],
  ["Host: 127.0.0.1:80"],
  ["Host: [::1]"],
  ["Host: [::1]:8443"],
  ["Host: [::1]x:80"],
  ["Host: [::1"],
  ["Host: ::1"],
  ["Host: a.example:80:b.example"],
  ["Host: a.example:x@b.example"],
  ["Host: a.example, b.example:80"],
  ["Host: a.example", "Host: b.example"],
]
const forwarded = [
  [],
  ["X-Forwarded-Host:"],
  ["X-Forwarded-Host: c.example"],
  ["X-Forwarded-Host: c.example:8443, d.example"],
  ["X-Forwarded-Host: c.example", "X-Forwarded-Host: d.example"],
]

describe.each(versions)("the host on $version", ({ express }) => {
  it.each([false, true, "loopback", "10.0.0.0/8"])(
    "is the one that Express says, whatever the headers, under trust proxy %s",
    async (trust) => {
      const app = express().set("trust proxy", trust)
      // Of an object of its own: a request is read once.
      app.use(({ method, headers, rawHeaders, hostname = "", originalUrl: path }, res, next) => {
        const same = { method, headers, rawHeaders } as IncomingMessage
        res.setHeader("Expected-Host", `<${toAuthRequest(same, { host: hostname, path }).host}>`)
        next()
      })
      let decided: string | undefined
      const onDecision = (_: unknown, { host }: { host: string }) => {
        decided = `<${host}>`
      }
      app.use(jwtAuth({ ...twoConsumers, global_auth: false }, { onDecision })).use(echo)
      for (const host of hosts)
        for (const lines of forwarded) {
          const answer = await askRaw(app, ["GET / HTTP/1.0", ...host, ...lines])
          const expected = /^Expected-Host: (<.*>)\r?$/im.exec(answer)?.[1]
          expect([host, lines, decided]).toEqual([host, lines, expected])
        }
    },
  )
})
