import { writeFileSync } from "node:fs"
import type { IncomingMessage, Server, ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Auth, JwtAuthConfig } from "@jwt-auth/core"
import { exportJWK, generateSecret, SignJWT } from "jose"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { blocksOf } from "./pages.js"
import { makeFolder, removeFolder } from "./run-program.js"

type Handler = (req: IncomingMessage, res: ServerResponse, auth: Auth | undefined) => void
type Protect = (config: JwtAuthConfig, handler: Handler) => Server

const folder = makeFolder()
let server: Server
let origin: string
let token: string

beforeAll(async () => {
  const block = blocksOf("packages/core/README.md").find(({ text }) =>
    text.includes("export function protect"),
  )
  const file = join(folder, "adapter.mts")
  writeFileSync(file, block?.text ?? "")
  const { protect } = (await import(pathToFileURL(file).href)) as { protect: Protect }

  const secret = await generateSecret("HS256", { extractable: true })
  const jwks = JSON.stringify({ keys: [await exportJWK(secret)] })
  const config = {
    global_auth: true,
    consumers: [{ name: "web", issuer: "https://login.example.com", jwks, keep_token: false }],
    rules: [{ match: { path: "/open" }, public: true as const }],
  }
  token = await new SignJWT({})
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("https://login.example.com")
    .setExpirationTime("1h")
    .sign(secret)
  server = protect(config, ({ url, headers }, res, auth) => {
    res.end(JSON.stringify([auth?.consumer ?? null, url, headers["x-mse-consumer"] ?? null]))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  removeFolder(folder)
})

describe("the adapter in the core's README is a whole one", () => {
  it("refuses a request without a token, with its challenge", async () => {
    const response = await fetch(`${origin}/x`)
    expect([response.status, await response.text()]).toEqual([401, "Jwt missing"])
    expect(response.headers.get("www-authenticate")).toBe('Bearer realm="jwt-auth"')
  })

  it("takes a spoofed identity from a request that passes", async () => {
    const response = await fetch(`${origin}/open`, { headers: { "X-Mse-Consumer": "admin" } })
    expect(await response.json()).toEqual([null, "/open", null])
  })

  it("shows the handler who is calling, without the token that stood in the URL", async () => {
    const response = await fetch(`${origin}/x?a=1&access_token=${token}`)
    expect(await response.json()).toEqual(["web", "/x?a=1", "web"])
    expect(response.headers.get("cache-control")).toBe("private")
  })
})
