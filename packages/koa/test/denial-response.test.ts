import { Readable } from "node:stream"
import cors from "@koa/cors"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

describe.each(versions)("the response of a refusal on $version", ({ Koa }) => {
  it.each([
    ["application/problem+json", true],
    ["application/vnd.api+json, text/html;q=0.5", true],
    ["text/html, Application/JSON;q=0.1", true],
    ["*/*", false],
    ["application/*", false],
    ["application/json;q=0, */*", false],
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false],
    ["", false],
    ["application/jsonp, text/json-ish", false],
    [",;,;q=,/", false],
  ])("to a client with Accept: %s is JSON: %s", async (accept, isJson) => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use(unreachable)
    const { headers } = await ask(app, { headers: { accept } })
    expect(headers["content-type"]).toBe(isJson ? "application/problem+json" : "text/plain; charset=utf-8")
  })

  it.each([
    ["Origin", "Origin, Accept"],
    ["Accept", "Accept"],
    ["*", "*"],
  ])("keeps Vary: %s that is there already", async (before, after) => {
    const app = new Koa()
      .use((ctx, next) => {
        ctx.set("Vary", before)
        return next()
      })
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    expect((await ask(app)).headers.vary).toBe(after)
  })

  it("keeps what @koa/cors has set: a page may read why it was refused", async () => {
    const app = new Koa()
      .use(cors({ origin: "https://app.example", credentials: true, exposeHeaders: ["WWW-Authenticate"] }))
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    for (const headers of [{}, bearer("stranger")]) {
      const reply = await ask(app, { headers: { ...headers, origin: "https://app.example" } })
      expect(reply.status).toBe(401)
      expect(reply.headers).toMatchObject({
        "access-control-allow-origin": "https://app.example",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "WWW-Authenticate",
        vary: "Origin, Accept",
      })
      expect(reply.headers["www-authenticate"]).toMatch(/^Bearer realm="jwt-auth"/)
    }
  })

  it("is an answer, not an error: nobody's catch and no error listener comes to see it", async () => {
    const errors: unknown[] = []
    const app = new Koa()
      .use(async (_ctx, next) => {
        try {
          await next()
        } catch (error) {
          errors.push(error)
        }
      })
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    app.on("error", (error) => errors.push(error))
    expect((await ask(app)).status).toBe(401)
    expect(errors).toEqual([])
  })

  it("can be seen and changed by a middleware before us, as any response of Koa's", async () => {
    const app = new Koa()
      .use(async (ctx, next) => {
        await next()
        if (ctx.status === 401) ctx.body = `please log in (${ctx.body})`
      })
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    const reply = await ask(app)
    expect([reply.status, reply.body]).toEqual([401, "please log in (Jwt missing)"])
  })

  it.each([
    ["a text", () => "a page for members"],
    ["an object", () => ({ secret: "for members" })],
    ["a buffer", () => Buffer.from("for members")],
    ["a stream", () => Readable.from(["for members"])],
  ])("replaces %s that a middleware before us has put there, with its type and length", async (_, body) => {
    const app = new Koa()
      .use((ctx, next) => {
        ctx.status = 200
        ctx.body = body()
        return next()
      })
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    const reply = await ask(app)
    expect([reply.status, reply.body]).toEqual([401, "Jwt missing"])
    expect(reply.headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-length": String("Jwt missing".length),
    })
    expect(reply.headers).not.toHaveProperty("transfer-encoding")
  })

  it("takes an identity of the client's own making from the request, and leaves the rest as it was", async () => {
    const seen: unknown[] = []
    const app = new Koa()
      .use(async (ctx, next) => {
        await next()
        seen.push(ctx.url, ctx.get("X-Mse-Consumer"), ctx.req.rawHeaders.slice(2, 4), ctx.state)
      })
      .use(jwtAuth(twoConsumers))
    const headers = { "X-Mse-Consumer": "client's", "X-Other": "a" }
    await ask(app, { path: "/?access_token=x.y.z", headers })
    expect(seen).toEqual(["/?access_token=x.y.z", "", ["X-Other", "a"], {}])
  })

  it("is a refusal under a rule of consumers of its own as well, with their places", async () => {
    const rules = [{ match: { path: "/own" }, consumers: [consumer("local", { from_params: ["k"] })] }]
    const app = new Koa().use(jwtAuth({ ...twoConsumers, rules })).use(unreachable)
    expect((await ask(app, { path: "/own", headers: bearer("web") })).body).toBe("Jwt missing")
    expect((await ask(app, { path: `/own?k=${tokenOf("web")}` })).body).toBe("Jwt verification fails")
    expect((await ask(app, { path: `/own?k=${tokenOf("local")}` })).status).toBe(299)
  })
})

describe.each(versions)("ctx.respond = false on $version", ({ Koa }) => {
  const refusing = () =>
    new Koa()
      .use(async (ctx, next) => {
        ctx.respond = false
        await next()
        ctx.set("X-Respond", String(ctx.respond))
        ctx.res.end(ctx.body)
      })
      .use(jwtAuth(twoConsumers))

  it("stays as the app set it, and a refusal writes nothing behind its back", async () => {
    const reply = await ask(refusing().use(unreachable))
    expect([reply.status, reply.headers["x-respond"], reply.body]).toEqual([401, "false", "Jwt missing"])
  })

  it("lets a handler answer on ctx.res", async () => {
    const app = new Koa().use(jwtAuth(twoConsumers)).use((ctx) => {
      ctx.respond = false
      ctx.res.writeHead(202).end(ctx.get("X-Mse-Consumer"))
    })
    const reply = await ask(app, { headers: bearer("web") })
    expect([reply.status, reply.body]).toEqual([202, "web"])
  })
})
