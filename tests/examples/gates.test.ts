import { curl } from "@jwt-auth/test-support/curl"
import { type Reply, type Sent, send } from "@jwt-auth/test-support/http"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import type { Child } from "./child.js"
import { curlLineOf, portOf, startExample } from "./example.js"
import { makeProvider, type Provider } from "./provider.js"
import { startWorker } from "./worker.js"

const onNode = ["express", "koa", "hono-node"]

async function startGate(name: string, { env }: Provider): Promise<[Child, number]> {
  if (name === "hono-workers") return startWorker(env)
  const child = startExample(name, "start", env)
  return [child, await portOf(child)]
}

describe.each([...onNode, "hono-workers"])("examples/%s, with the keys of a provider", (name) => {
  let provider: Provider
  let child: Child
  let port: number

  beforeAll(async () => {
    provider = await makeProvider()
    ;[child, port] = await startGate(name, provider)
  })
  afterAll(async () => {
    await child?.stop()
  })

  /** @param client whose token goes along; none when left out */
  async function get(path: string, client?: string, headers: Sent["headers"] = {}): Promise<Reply> {
    const token = client === undefined ? {} : { authorization: `Bearer ${await provider.token(client)}` }
    return send(port, { path, headers: { ...token, ...headers } })
  }

  it("answers 200 to an allowed consumer", async () => {
    const orders = await get("/orders", "web")
    expect([orders.status, JSON.parse(orders.body)]).toEqual([200, { ordersOf: "alice" }])
    const wholesale = await get("/wholesale", "partner")
    expect([wholesale.status, JSON.parse(wholesale.body)]).toEqual([200, { price: 7 }])
  })

  it.each(["/orders", "/wholesale", "/nowhere"])(
    "answers 401 with a challenge without a token: %s",
    async (path) => {
      const { status, headers, body } = await get(path)
      expect([status, body]).toEqual([401, "Jwt missing"])
      expect(headers["www-authenticate"]).toBe('Bearer realm="jwt-auth"')
    },
  )

  it("answers 403 to a consumer that is not the one for it", async () => {
    const { status, body } = await get("/wholesale", "web")
    expect([status, body]).toEqual([403, "Access Denied"])
  })

  it.each([
    ["signed with another key", async () => (await makeProvider()).token("partner")],
    ["of another issuer", () => provider.token("partner", { iss: "https://evil.example.com" })],
    ["for another audience", () => provider.token("partner", { aud: "reports" })],
    ["that is an ID token", () => provider.token("partner", {}, "JWT")],
    ["of a client that is no consumer", () => provider.token("stranger")],
  ])("answers 401 to a token %s", async (_, token) => {
    const { status, body } = await get("/orders", undefined, { authorization: `Bearer ${await token()}` })
    expect([status, body]).toEqual([401, "Jwt verification fails"])
  })

  it.each([["partner"], [["partner", "partner"]]])(
    "hides a spoofed X-Mse-Consumer from its handlers: %j",
    async (spoofed) => {
      const headers = { "X-Mse-Consumer": spoofed }
      expect((await get("/", undefined, headers)).body).toBe("Hello stranger\n")
      expect((await get("/", "web", headers)).body).toBe("Hello web\n")
      expect((await get("/wholesale", "web", headers)).status).toBe(403)
      expect((await get("/orders", undefined, headers)).status).toBe(401)
    },
  )

  it.each([
    "/WHOLESALE",
    "/wholesale/",
    "//wholesale",
    "/%77holesale",
    "/wholesale%2f..",
    "/x/../wholesale",
    "/x/%2e%2e/wholesale",
    "/./wholesale",
    "/wholesale;x",
    "/wholesale?x=/orders",
  ])("shows nobody else the prices by another spelling: %s", async (path) => {
    for (const client of ["web", undefined]) {
      const { status, body } = await get(path, client)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(body).not.toContain("price")
    }
  })
})

describe.each(onNode)("examples/%s, as it stands", (name) => {
  let child: Child

  beforeAll(() => {
    child = startExample(name)
  })
  afterAll(async () => {
    await child.stop()
  })

  it.each([
    ["web", "HTTP/1.1 403 Forbidden"],
    ["partner", "HTTP/1.1 200 OK"],
  ])("prints a curl line for %s that works: %s", async (consumer, status) => {
    const { line } = await curlLineOf(child, consumer)
    expect((await curl(line)).head[0]).toBe(status)
  })

  it("answers 401 to that line without its token", async () => {
    const { line } = await curlLineOf(child, "partner")
    expect((await curl(line.replace(/ -H .*/, ""))).head[0]).toBe("HTTP/1.1 401 Unauthorized")
  })
})

describe.each([...onNode, "nginx"])("examples/%s, in production", (name) => {
  it("does not start without keys, and prints no token", async () => {
    const child = startExample(name, "start", { NODE_ENV: "production" })
    onTestFinished(async () => void (await child.stop()))
    expect(await child.ended).not.toBe(0)
    expect(child.output()).toContain("JWKS is not set")
    expect(child.output()).not.toContain("eyJ")
  })

  it("prints no token where it is given keys, and ends in peace when it is told to", async () => {
    const { env } = await makeProvider()
    const child = startExample(name, "start", env)
    await portOf(child)
    expect(await child.stop()).toBe(0)
    expect(child.output()).toMatch(/^Listening on .*\n$/)
  })
})
