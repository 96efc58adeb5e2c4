import { sendRaw } from "@jwt-auth/test-support/http"
import { type Context, Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, bearer, consumer, echo, portOf, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

describe("credentials on the wire, at @hono/node-server", () => {
  const app = () => new Hono().use(jwtAuth(twoConsumers)).all("*", unreachable)
  const good = () => `Authorization: Bearer ${tokenOf("web")}`
  const refused = /^HTTP\/1\.1 401 [\s\S]*\r\n\r\n[\s\S]*Jwt verification fails/
  const askRaw = async (on: App, ...lines: readonly string[]) =>
    sendRaw(await portOf(on), ["GET / HTTP/1.1", "Host: a", ...lines])

  it.each<[string, () => string[]]>([
    ["two Authorization lines, both good", () => [good(), good()]],
    ["a good one first, then a bad one", () => [good(), "Authorization: Bearer x.y.z"]],
    ["a bad one first, then a good one", () => ["Authorization: Bearer x.y.z", good()]],
    ["Basic first, then a good one", () => ["Authorization: Basic eDp5", good()]],
    ["a good one first, then Basic", () => [good(), "authorization: Basic eDp5"]],
    ["an empty one first, then a good one", () => ["Authorization:", good()]],
    ["two tokens of different consumers", () => [good(), `Authorization: Bearer ${tokenOf("partner")}`]],
    ["joined by a comma", () => [`${good()}, Basic eDp5`]],
    ["joined by a comma, Basic first", () => [`Authorization: Basic eDp5, Bearer ${tokenOf("web")}`]],
    ["a trailing comma", () => [`${good()},`]],
  ])("%s: a repeated header is one malformed token, never a choice", async (_what, lines) => {
    expect(await askRaw(app(), ...lines())).toMatch(refused)
  })

  it("optional() takes no second Authorization for anonymous", async () => {
    const open = new Hono().use(jwtAuth(twoConsumers).optional()).all("*", unreachable)
    expect(await askRaw(open, good(), good())).toMatch(refused)
  })
})

describe.each(ways)("credentials through $way", ({ ask }) => {
  it("a repeated header is one malformed token: Authorization, and one of a consumer's own", async () => {
    const consumers = [consumer("web", { from_headers: [{ name: "X-Token" }, { name: "Authorization" }] })]
    const app = new Hono().use(jwtAuth({ global_auth: true, consumers })).all("*", unreachable)
    for (const name of ["Authorization", "X-Token"]) {
      const { status, body } = await ask(app, { headers: { [name]: [tokenOf("web"), tokenOf("web")] } })
      expect([status, body]).toEqual([401, "Jwt verification fails"])
    }
  })
})

describe.each(ways)("a middleware before us, through $way", ({ ask }) => {
  const behind = (change: (c: Context) => void, config = twoConsumers) =>
    new Hono()
      .use(async (c, next) => {
        change(c)
        await next()
      })
      .use(jwtAuth(config))
      .all("*", echo)

  /** As an app must, that wants to change a request on every runtime. */
  const setHeaders = (c: Context, change: (headers: Headers) => void) => {
    const headers = new Headers(c.req.raw.headers)
    change(headers)
    c.req.raw = new Request(c.req.raw, { headers })
  }

  it("may put a token into the request, as apps with sessions do", async () => {
    const app = behind((c) =>
      setHeaders(c, (headers) => headers.set("authorization", bearer("partner").authorization)),
    )
    expect((await ask(app)).seen.consumer).toBe("partner")
  })

  it("may replace the client's token", async () => {
    const app = behind((c) =>
      setHeaders(c, (headers) => headers.set("authorization", bearer("partner").authorization)),
    )
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("partner")
  })

  it("may take the client's token away", async () => {
    const app = behind((c) => setHeaders(c, (headers) => headers.delete("authorization")))
    expect((await ask(app, { headers: bearer("web") })).body).toBe("Jwt missing")
  })

  it("may write an identity header: it is removed like a client's", async () => {
    const app = behind((c) => setHeaders(c, (headers) => headers.set("x-mse-consumer", "root")))
    const reply = await ask(app, { headers: bearer("web") })
    expect(reply.seen.headers["x-mse-consumer"]).toBe("web")
    expect(reply.body).not.toContain("root")
  })

  it("a cookie that it took away does not come back when the token's is taken, too", async () => {
    const consumers = [consumer("web", { from_cookies: ["t"], keep_token: false })]
    const app = behind((c) => setHeaders(c, (headers) => headers.set("cookie", `t=${tokenOf("web")}; b=2`)), {
      global_auth: true,
      consumers,
    })
    const { seen } = await ask(app, { headers: { cookie: `t=${tokenOf("web")}; secret=1; b=2` } })
    expect(seen.headers["cookie"]).toBe("b=2")
  })
})
