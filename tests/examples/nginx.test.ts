import { createServer } from "node:http"
import { curl } from "@jwt-auth/test-support/curl"
import { send, sendRaw } from "@jwt-auth/test-support/http"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import type { Child } from "./child.js"
import { curlLineOf, portOf, startExample } from "./example.js"
import { hasNginx, startNginx, title } from "./nginx.js"
import { listening, type Received, useNginx } from "./nginx-gate.js"
import { makeProvider, type Provider } from "./provider.js"

describe.skipIf(!hasNginx)(title, () => {
  const gate = useNginx()
  const { ask, received } = gate

  it("answers 200 to an allowed consumer, and the app learns its name", async () => {
    const { status, body } = await ask({ path: "/wholesale?a=%20b" }, "partner")
    expect([status, body]).toEqual([200, "reached\n"])
    expect(received).toMatchObject([{ method: "GET", target: "/wholesale?a=%20b" }])
    expect(consumersIn(received)).toEqual(["partner"])
  })

  it("answers 401 without a token, with the authorizer's one challenge", async () => {
    const { status, headers } = await ask({ path: "/orders" })
    expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer realm="jwt-auth"'])
    const bad = await ask({ path: "/orders", headers: { authorization: "Bearer x" } })
    expect(bad.status).toBe(401)
    expect(bad.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth", error="invalid_token"/)
    expect(received).toEqual([])
  })

  it("answers 403 to a consumer that is not the one for it", async () => {
    const { status, headers } = await ask({ path: "/wholesale" }, "web")
    expect([status, headers["www-authenticate"], received]).toEqual([403, undefined, []])
  })

  it("decides by the client's method, not by that of nginx's own question", async () => {
    expect((await ask({ method: "POST", path: "/orders", body: "x" }, "web")).status).toBe(200)
    expect(received).toMatchObject([{ method: "POST", target: "/orders" }])
    expect((await ask({ method: "POST", path: "/orders", body: "x" }, "partner")).status).toBe(403)
    expect((await ask({ path: "/orders" }, "partner")).status).toBe(200)
    expect(received).toHaveLength(2)
  })

  it("lets nobody's request through where the rules are public, as nobody's", async () => {
    const { status } = await ask({ path: "/health", headers: { "X-Mse-Consumer": "partner" } })
    expect([status, consumersIn(received)]).toEqual([200, []])
  })

  it.each([["partner"], [["partner", "partner"]]])(
    "never shows the app a spoofed X-Mse-Consumer: %j",
    async (spoofed) => {
      const headers = { "X-Mse-Consumer": spoofed, X_Mse_Consumer: spoofed }
      await ask({ path: "/orders", headers }, "web")
      await ask({ path: "/health", headers }, "web")
      await ask({ path: "/health", headers })
      expect(received).toHaveLength(3)
      expect(consumersIn(received)).toEqual(["web"])
      expect((await ask({ path: "/wholesale", headers }, "web")).status).toBe(403)
    },
  )

  it("believes no X-Original-URI and no X-Original-Method of a client", async () => {
    const headers = { "X-Original-URI": "/health", "X-Original-Method": "GET" }
    expect((await ask({ path: "/orders", headers })).status).toBe(401)
    expect((await ask({ path: "/wholesale", headers }, "web")).status).toBe(403)
    expect((await ask({ method: "POST", path: "/orders", headers }, "partner")).status).toBe(403)
    expect(received).toEqual([])
  })

  it("does not let a client ask the authorizer itself", async () => {
    for (const path of ["/_authorize", "/%5fauthorize", "//_authorize", "/x/../_authorize"]) {
      const { status, headers } = await ask({ path, headers: { "X-Original-URI": "/health" } }, "web")
      expect([path, status, headers["x-mse-consumer"]]).toEqual([path, 404, undefined])
    }
    expect(received).toEqual([])
  })

  it("two Authorization headers reach nobody, whichever of them is good", async () => {
    const good = `Authorization: Bearer ${await gate.provider.token("partner")}`
    for (const lines of [
      [good, "Authorization: Bearer x"],
      ["Authorization: Bearer x", good],
    ]) {
      expect(await sendRaw(gate.port, ["GET /wholesale HTTP/1.1", "Host: a", ...lines])).toMatch(
        /^HTTP\/1.1 40[01] /,
      )
    }
    expect(received).toEqual([])
  })

  it("refuses everything while the authorizer is away, and says nothing of it", async () => {
    const closed = createServer()
    const authorizer = await listening(closed)
    closed.close()
    const [other, otherPort] = await startNginx({ authorizer, app: gate.appPort })
    onTestFinished(async () => void (await other.stop()))
    expect((await send(otherPort, { path: "/health" })).status).toBe(500)
    expect(received).toEqual([])
  })

  it("hands on the challenge of a 403 too (RFC 6750 §3.1), once", async () => {
    const challenge = 'Bearer error="insufficient_scope"'
    const stub = createServer((_req, res) => res.writeHead(403, { "WWW-Authenticate": challenge }).end())
    const [other, otherPort] = await startNginx({ authorizer: await listening(stub) })
    onTestFinished(async () => {
      stub.close()
      await other.stop()
    })
    const reply = await sendRaw(otherPort, ["GET / HTTP/1.1", "Host: a"])
    expect(reply).toMatch(/^HTTP\/1.1 403 /)
    expect(reply.match(/^www-authenticate: .*$/gim)).toEqual([`WWW-Authenticate: ${challenge}`])
  })

  it("as it stands, the authorizer's curl lines work: 403 for web, 200 and what the app saw for partner", async () => {
    const demo = startExample("nginx")
    const [other, otherPort] = await startNginx({ authorizer: await portOf(demo) })
    onTestFinished(async () => void (await Promise.all([other.stop(), demo.stop()])))
    const web = await curlLineOf(demo, "web")
    const partner = await curlLineOf(demo, "partner")
    const here = (line: string) => line.replace("localhost:8080", `localhost:${otherPort}`)
    expect((await curl(here(web.line))).head[0]).toBe("HTTP/1.1 403 Forbidden")
    const { head, body } = await curl(here(partner.line))
    expect([head[0], body]).toEqual(["HTTP/1.1 200 OK", "GET /wholesale\nX-Mse-Consumer: partner\n"])
  })
})

describe("examples/nginx, the authorizer alone", () => {
  let provider: Provider
  let child: Child
  let port: number

  beforeAll(async () => {
    provider = await makeProvider()
    child = startExample("nginx", "start", provider.env)
    port = await portOf(child)
  })
  afterAll(async () => {
    await child.stop()
  })

  it("answers 200, 401 and 403 to nginx's question", async () => {
    const question = { "X-Original-URI": "/wholesale", "X-Original-Method": "GET" }
    for (const [client, status] of [
      ["partner", 200],
      ["web", 403],
      ["stranger", 401],
    ] as const) {
      const headers = { ...question, authorization: `Bearer ${await provider.token(client)}` }
      expect([client, (await send(port, { headers })).status]).toEqual([client, status])
    }
  })

  it("takes two Authorization headers for no token, where nginx does not refuse them already", async () => {
    const question = { "X-Original-URI": "/wholesale", "X-Original-Method": "GET" }
    const authorization = [`Bearer ${await provider.token("partner")}`, "Bearer x"]
    expect((await send(port, { headers: { ...question, authorization } })).status).toBe(401)
  })

  it("answers a question without nginx's headers with an error", async () => {
    const headers = { authorization: `Bearer ${await provider.token("partner")}` }
    expect((await send(port, { path: "/health", headers })).status).toBe(400)
    expect((await send(port, { headers: { ...headers, "X-Original-URI": "/health" } })).status).toBe(400)
  })

  it("listens on the one address of the loopback interface", async () => {
    // All of 127.0.0.0/8 is this machine on Linux: what listens on every address listens on this one too.
    await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow()
  })
})

/** The values of every header that an app could take for the consumer's name. */
function consumersIn(requests: readonly Received[]): readonly string[] {
  return requests.flatMap(({ headers }) =>
    headers.filter((_, i) => i % 2 === 1 && /^x[-_]mse[-_]consumer$/i.test(headers[i - 1] ?? "")),
  )
}
