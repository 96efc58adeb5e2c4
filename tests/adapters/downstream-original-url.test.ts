import { createServer } from "node:http"
import { createRequire } from "node:module"
import { jwtAuth } from "@jwt-auth/express"
import { consumer, tokenOf } from "@jwt-auth/test-support/consumers"
import { listen, send } from "@jwt-auth/test-support/http"
import express from "express"
import { legacyCreateProxyMiddleware } from "http-proxy-middleware"
import { describe, expect, it } from "vitest"
import { startUpstream } from "./upstream.js"

const express4 = createRequire(import.meta.url)("express4") as typeof express
const consumers = [consumer("web", { from_params: ["t"], keep_token: false })]

describe.each([
  ["Express 4", express4],
  ["Express 5", express],
])("a proxy that goes by originalUrl, behind %s", (_name, framework) => {
  // What http-proxy-middleware 2 does, and 3 under its old name.
  it.each(["/", "/api"])("ATTACK: does not forward the token of the query, mounted on %s", async (mount) => {
    const upstream = await startUpstream()
    const forward = legacyCreateProxyMiddleware({ target: `http://127.0.0.1:${upstream.port}` })
    const app = framework()
    app.use(mount, jwtAuth({ global_auth: true, consumers }), forward)
    await send(await listen(createServer(app)), { path: `/api/x?a=%20&t=${tokenOf("web")}` })
    expect(upstream.received.map(({ url }) => url)).toEqual(["/api/x?a=%20"])
  })
})
