import type { AddressInfo } from "node:net"
import { type JwtAuthConfig, jwtAuth } from "@jwt-auth/express"
import express from "express"

const { ISSUER: issuer = "http://localhost:4000", PORT = "3000" } = process.env

const auth = jwtAuth(await currentConfig())
// Takes up a new key of the issuer; when it cannot be had, the old ones stay in force.
setInterval(() => currentConfig().then(auth.authenticator.reload).catch(console.error), 60_000).unref()

const app = express()
app.get("/orders", auth.require({ scopes: ["orders:read"] }), (req, res) => {
  res.json({ ordersOf: auth.get(req)?.claims.sub })
})
app.post("/orders", auth.require({ scopes: ["orders:write"] }), (_req, res) => {
  res.status(201).json({ ordered: true })
})

const server = app.listen(Number(PORT), (error) => {
  if (error) throw error
  console.log(`Listening on http://localhost:${(server.address() as AddressInfo).port}`)
})
process.once("SIGTERM", () => server.close())

async function currentConfig(): Promise<JwtAuthConfig<"web">> {
  const response = await fetch(`${issuer}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`)
  const jwks = await response.text()
  return {
    global_auth: true,
    consumers: [{ name: "web", issuer, jwks, audiences: ["orders"], types: ["at+jwt"] }],
  }
}
