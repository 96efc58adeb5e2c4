import { send } from "@jwt-auth/test-support/http"
import { decodeJwt, decodeProtectedHeader } from "jose"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import type { Child } from "./child.js"
import { portOf, startExample } from "./example.js"
import { makeProvider } from "./provider.js"
import { startWorker } from "./worker.js"

describe("examples/login", () => {
  let issuer: Child
  let api: Child
  let issuerPort: number
  let apiPort: number
  let credentials: { username: string; password: string }

  beforeAll(async () => {
    issuer = startExample("login", "issuer")
    issuerPort = await portOf(issuer)
    const [, json = ""] = await issuer.printed(/^curl --json '(\{.*\})' http:\/\/localhost:\d+\/login$/m)
    credentials = JSON.parse(json)
    api = startExample("login", "api", { ISSUER: `http://localhost:${issuerPort}` })
    apiPort = await portOf(api)
  })
  afterAll(async () => {
    await Promise.all([issuer?.stop(), api?.stop()])
  })

  function login(body: unknown) {
    const headers = { "Content-Type": "application/json" }
    return send(issuerPort, { method: "POST", path: "/login", headers, body: JSON.stringify(body) })
  }

  async function tokenOfAlice(): Promise<string> {
    return JSON.parse((await login(credentials)).body).access_token
  }

  const orders = (token?: string, method = "GET") =>
    send(apiPort, {
      method,
      path: "/orders",
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })

  it("the printed password gives a token, and the token gives 200", async () => {
    const { status, headers, body } = await login(credentials)
    expect([status, headers["cache-control"]]).toEqual([200, "no-store"])
    const { access_token, ...rest } = JSON.parse(body)
    expect(rest).toEqual({ token_type: "Bearer", expires_in: 600 })
    const answer = await orders(access_token)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { ordersOf: "alice" }])
  })

  it("no token gives 401 with a challenge", async () => {
    const { status, headers } = await orders()
    expect([status, headers["www-authenticate"]]).toEqual([401, 'Bearer realm="jwt-auth"'])
  })

  it("a token of somebody else for the same issuer gives 401", async () => {
    const { token } = await makeProvider(`http://localhost:${issuerPort}`)
    const { status, body } = await orders(await token("web", { scope: "orders:read" }))
    expect([status, body]).toEqual([401, "Jwt verification fails"])
  })

  it("a scope that the token lacks gives 403, and says which (RFC 6750 §3.1)", async () => {
    const { status, headers } = await orders(await tokenOfAlice(), "POST")
    expect(status).toBe(403)
    expect(headers["www-authenticate"]).toContain('error="insufficient_scope", scope="orders:write"')
  })

  it.each([
    ["a wrong password", () => ({ ...credentials, password: "wrong" })],
    [
      "the same password in another case",
      () => ({ ...credentials, password: swapCase(credentials.password) }),
    ],
    ["an empty password", () => ({ ...credentials, password: "" })],
    ["no password", () => ({ username: "alice" })],
    ["a password that is no string", () => ({ ...credentials, password: [credentials.password, "x"] })],
    ["nobody", () => ({ ...credentials, username: "mallory" })],
    ["a name that every object has", () => ({ ...credentials, username: "__proto__" })],
    ["an empty body", () => ({})],
    ["a body that is no object", () => []],
  ])("%s gives no token, and the same answer", async (_, body) => {
    const reply = await login(body())
    expect([reply.status, JSON.parse(reply.body)]).toEqual([400, { error: "invalid_grant" }])
  })

  it("a token is short-lived, for one audience, an access token, and each its own", async () => {
    const [one, two] = [await tokenOfAlice(), await tokenOfAlice()]
    const claims = decodeJwt(one)
    expect(claims).toMatchObject({ iss: `http://localhost:${issuerPort}`, aud: "orders", sub: "alice" })
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(600)
    expect(claims.jti).not.toBe(decodeJwt(two).jti)
    expect(decodeProtectedHeader(one)).toMatchObject({ alg: "ES256", typ: "at+jwt" })
  })

  it("only the public half of the key is published", async () => {
    const { body } = await send(issuerPort, { path: "/.well-known/jwks.json" })
    const { keys } = JSON.parse(body)
    expect(keys.map((key: object) => Object.keys(key).toSorted())).toEqual([
      ["alg", "crv", "kid", "kty", "use", "x", "y"],
    ])
  })

  it("its token works at the Workers example, as that README says: 200 at /orders, 403 at /wholesale", async () => {
    const jwks = await send(issuerPort, { path: "/.well-known/jwks.json" })
    const [worker, port] = await startWorker({
      ISSUER: `http://localhost:${issuerPort}`,
      JWKS: jwks.body,
    })
    onTestFinished(async () => void (await worker.stop()))
    const headers = { authorization: `Bearer ${await tokenOfAlice()}` }
    const statuses = ["/orders", "/wholesale"].map(
      async (path) => (await send(port, { path, headers })).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 403])
  })
})

function swapCase(text: string): string {
  const swapped = text.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()))
  return swapped === text ? `${text} ` : swapped
}
