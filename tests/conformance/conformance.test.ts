import { once } from "node:events"
import type { Server } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { conformanceRows } from "@jwt-auth/core/testing"
import express from "express"
import Koa from "koa"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { overTcp, run, type Send } from "./driver.js"
import { expressApp } from "./express.js"
import { honoServer } from "./hono-server.js"
import { koaApp } from "./koa.js"
import { nodeServer } from "./node-server.js"

const rows = await conformanceRows()
const require = createRequire(import.meta.url)

// Node shows an app each request as it was sent. What is made of it for Hono is a `Request`, and has a parsed URL.
const exact = ["exact"]
const parsed = ["exact", "shown", "unsendable"]

const servers: readonly (readonly [string, readonly string[], Server])[] = [
  ["Express 4", exact, nodeServer(rows, expressApp(require("express4")))],
  ["Express 5", exact, nodeServer(rows, expressApp(express))],
  ["Koa 2", exact, nodeServer(rows, koaApp(require("koa2")))],
  ["Koa 3", exact, nodeServer(rows, koaApp(Koa))],
  ["Hono 4", parsed, honoServer(rows)],
]

describe.each(servers)("the conformance suite, through %s", (_, verdicts, server) => {
  let send: Send

  beforeAll(async () => {
    await once(server.listen(0, "127.0.0.1"), "listening")
    send = overTcp((server.address() as AddressInfo).port)
  })
  afterAll(() => server.close())

  it.for(rows.map((row, index) => [`${row.point} ${row.name}`, row, index] as const))(
    "%s",
    async ([, row, index]) => {
      const verdict = await run(row, index, send)
      if (row.coreOnly !== undefined) expect(verdict).toMatchObject({ kind: "unsendable" })
      else if (!verdicts.includes(verdict.kind)) expect(verdict).toEqual({ kind: "exact" })
    },
  )
})
