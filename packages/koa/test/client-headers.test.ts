import type { Context, Next } from "koa"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, consumer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

describe.each(versions)("credentials on the wire, on $version", ({ Koa }) => {
  const app = () => new Koa().use(jwtAuth(twoConsumers)).use(unreachable)
  const good = () => `Authorization: Bearer ${tokenOf("web")}`
  const refused = /^HTTP\/1\.1 401 [\s\S]*\r\n\r\nJwt verification fails$/

  it.each<[string, () => string[]]>([
    ["two Authorization lines, both good", () => [good(), good()]],
    ["a good one first, then a bad one", () => [good(), "Authorization: Bearer x.y.z"]],
    ["a bad one first, then a good one", () => ["Authorization: Bearer x.y.z", good()]],
    ["Basic first, then a good one", () => ["Authorization: Basic eDp5", good()]],
    ["a good one first, then Basic", () => [good(), "authorization: Basic eDp5"]],
    ["spelled differently", () => [good(), good().toUpperCase().replace("BEARER", "bearer")]],
    ["an empty one first, then a good one", () => ["Authorization:", good()]],
    ["two tokens of different consumers", () => [good(), `Authorization: Bearer ${tokenOf("partner")}`]],
  ])("%s: a repeated header is one malformed token, never a choice", async (_what, lines) => {
    expect(await askRaw(app(), ["GET / HTTP/1.1", "Host: a", ...lines()])).toMatch(refused)
  })

  it.each<[string, () => string]>([
    ["a good one and Basic", () => `${good()}, Basic eDp5`],
    ["Basic and a good one", () => `Authorization: Basic eDp5, Bearer ${tokenOf("web")}`],
    ["twice the same", () => `${good()}, Bearer ${tokenOf("web")}`],
    ["a trailing comma", () => `${good()},`],
  ])("joined by a comma, %s: one malformed token, never a choice", async (_what, line) => {
    expect(await askRaw(app(), ["GET / HTTP/1.1", "Host: a", line()])).toMatch(refused)
  })

  it("a repeated header of a consumer's own is one malformed token, too", async () => {
    const consumers = [consumer("web", { from_headers: [{ name: "X-Token" }] })]
    const own = new Koa().use(jwtAuth({ global_auth: true, consumers })).use(unreachable)
    const lines = [`X-Token: ${tokenOf("web")}`, `x-token: ${tokenOf("web")}`]
    expect(await askRaw(own, ["GET / HTTP/1.1", "Host: a", ...lines])).toMatch(refused)
  })

  it("optional() takes no second Authorization for anonymous", async () => {
    const open = new Koa().use(jwtAuth(twoConsumers).optional()).use(unreachable)
    expect(await askRaw(open, ["GET / HTTP/1.1", "Host: a", good(), good()])).toMatch(refused)
  })
})

describe.each(versions)("a middleware before us on $version", ({ Koa }) => {
  const changing = (change: (ctx: Context) => void) => (ctx: Context, next: Next) => {
    change(ctx)
    return next()
  }
  const behind = (change: (ctx: Context) => void) =>
    new Koa().use(changing(change)).use(jwtAuth(twoConsumers)).use(echo)

  it("may put a token into ctx.headers.authorization, as apps with sessions do", async () => {
    const app = behind((ctx) => {
      ctx.headers.authorization = `Bearer ${tokenOf("partner")}`
    })
    expect((await ask(app)).seen.consumer).toBe("partner")
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("partner")
  })

  it("may replace the client's token by a bad one", async () => {
    const app = behind((ctx) => {
      ctx.headers.authorization = "Bearer x.y.z"
    })
    expect((await ask(app, { headers: bearer("web") })).status).toBe(401)
  })

  it("may delete the client's token, in as many lines as it came", async () => {
    const app = behind((ctx) => {
      delete ctx.headers.authorization
    })
    expect((await ask(app, { headers: bearer("web") })).body).toBe("Jwt missing")
    const { authorization } = bearer("web")
    expect((await ask(app, { headers: { authorization: [authorization, authorization] } })).body).toBe(
      "Jwt missing",
    )
  })

  it("may replace ctx.request.headers as a whole", async () => {
    const app = behind((ctx) => {
      ctx.request.headers = { host: "a", ...bearer("partner") }
    })
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("partner")
  })

  it("may write an identity header: it is removed like a client's", async () => {
    const app = behind((ctx) => {
      ctx.headers["x-mse-consumer"] = "root"
    })
    expect((await ask(app, { headers: bearer("web") })).seen.headers["x-mse-consumer"]).toBe("web")
  })

  it("may write ctx.state.auth: it stands for nobody, and an allow replaces it", async () => {
    const auth = jwtAuth(twoConsumers)
    const claim = changing((ctx) => {
      ctx.state["auth"] = { consumer: "root" }
    })
    const app = new Koa()
      .use(claim)
      .use(auth.optional())
      .use((ctx) => {
        ctx.body = JSON.stringify([auth.get(ctx)?.consumer ?? null, ctx.state.auth?.consumer])
      })
    expect((await ask(app, { headers: bearer("web") })).body).toBe('["web","web"]')
    expect(JSON.parse((await ask(app)).body)[0]).toBeNull()
  })

  it("and one between two of ours does not change what the second one decides on", async () => {
    const auth = jwtAuth(twoConsumers)
    const app = new Koa()
      .use(auth)
      .use(
        changing((ctx) => {
          ctx.headers.authorization = `Bearer ${tokenOf("partner")}`
        }),
      )
      .use(auth.allow("partner"))
      .use(unreachable)
    expect((await ask(app, { headers: bearer("web") })).status).toBe(403)
  })
})
