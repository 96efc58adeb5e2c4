import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { load } from "./load.js"

const asked = new Set<string | undefined>()
let server: Server
let port: number

beforeAll(async () => {
  server = createServer(({ headers: { authorization } }, res) => {
    asked.add(authorization)
    res.writeHead(authorization === "Bearer bad" ? 401 : 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it("asks with every token in turn, and tells how it went", async () => {
  const { requests, failed, p50, p99 } = await load(port, ["one", "two", "three"], 1)
  expect(asked).toEqual(new Set(["Bearer one", "Bearer two", "Bearer three"]))
  expect(requests).toBeGreaterThan(3)
  expect(failed).toBe(0)
  expect(p99).toBeGreaterThanOrEqual(p50)
})

it("a server that refuses is not measured", async () => {
  await expect(load(port, ["bad"], 1)).rejects.toThrow("requests failed")
})
