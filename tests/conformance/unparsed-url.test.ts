import { type JwtAuthConfig, jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
import { expect, it } from "vitest"

// Deno and workerd put the Host header and the target together, and Bun leaves a malformed Host out of the URL: nothing
// parses that before the app is asked. Real servers hold the same in tests/runtimes.

const secret = {
  kty: "oct",
  k: Buffer.from(crypto.getRandomValues(new Uint8Array(64))).toString("base64url"),
}

function config(match: { readonly path: string } | { readonly domain: string }): JwtAuthConfig {
  return {
    global_auth: false,
    consumers: [{ name: "web", issuer: "https://web.example", jwks: { keys: [secret] } }],
    rules: [{ match, allow: ["web"] }],
  }
}

async function ask(config: JwtAuthConfig, url: string, host: string): Promise<number> {
  const app = new Hono()
  app.use(jwtAuth(config))
  app.get("/admin/x", (c) => c.text("reached"))
  const request = new Request("http://shop.test", { headers: { host } })
  Object.defineProperty(request, "url", { value: url })
  return (await app.fetch(request)).status
}

it.each(["shop.test?", "shop.test:80?", "a@shop.test?", "shop.test#", "shop.test\\open"])(
  "a path is guarded where the router finds it, whatever the Host header is: %s",
  async (host) => {
    expect(await ask(config({ path: "/admin/*" }), `http://${host}/admin/x`, host)).toBe(401)
  },
)

it.each(["a:b@shop.test", "a@shop.test", "shop.test?", "shop.test\\", "shop.test, a"])(
  "a malformed Host header does not avoid a guarded domain where the URL leaves it out: %s",
  async (host) => {
    expect(await ask(config({ domain: "shop.test" }), "/abc/admin/x", host)).toBe(401)
  },
)
