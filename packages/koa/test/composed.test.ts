import type { Context } from "koa"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

const claims_to_headers = [{ claim: "g", header: "X-Groups", override: false }]
const consumers = [
  consumer("a", { claims_to_headers }),
  consumer("b", { claims_to_headers, from_params: ["k"] }),
]

describe.each(versions)("several decisions on one request on $version", ({ Koa }) => {
  const groups = (ctx: Context) => {
    ctx.body = [ctx.get("X-Mse-Consumer"), ctx.get("X-Groups") || "none"].join(" ")
  }

  it("an appended claim of one consumer does not stay under the name of another", async () => {
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Koa().use(auth).use(auth.allow("b")).use(groups)
    const headers = bearer("a", { g: "admin-of-a" })
    expect((await ask(app, { path: `/x?k=${tokenOf("b")}`, headers })).body).toBe("b none")
  })

  it("a client's header that the app has removed does not come back with an appended claim", async () => {
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = new Koa()
      .use(auth)
      .use((ctx, next) => {
        delete ctx.headers["x-groups"]
        return next()
      })
      .use(auth.any())
      .use(groups)
    const headers = { ...bearer("a", { g: "staff" }), "X-Groups": "admin" }
    expect((await ask(app, { headers })).body).toBe("a staff")
  })
})

describe.each(versions)("called by hand on $version", ({ Koa }) => {
  const auth = jwtAuth(twoConsumers)

  it("inside another middleware it works as if it were mounted", async () => {
    const app = new Koa().use((ctx, next) => (ctx.path === "/open" ? next() : auth(ctx, next))).use(echo)
    expect((await ask(app, { path: "/open" })).status).toBe(200)
    expect((await ask(app)).status).toBe(401)
    expect((await ask(app, { headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("its promise settles when what is behind it has settled, and next() is called once or never", async () => {
    const order: string[] = []
    const app = new Koa()
      .use(async (ctx) => {
        await auth(ctx, async () => {
          order.push("next")
          await new Promise((resolve) => setImmediate(resolve))
          order.push("next is done")
        })
        order.push("we are done")
      })
      .use(unreachable)
    await ask(app, { headers: bearer("web") })
    expect(order).toEqual(["next", "next is done", "we are done"])
    await ask(app)
    await ask(app, { headers: bearer("stranger") })
    expect(order.slice(3)).toEqual(["we are done", "we are done"])
  })

  it("after a refusal the middleware before us goes on, and finds the refusal in ctx", async () => {
    const app = new Koa()
      .use(async (ctx, next) => {
        await auth(ctx, next)
        ctx.set("X-Then", `${ctx.status} ${ctx.body}`)
      })
      .use(unreachable)
    const reply = await ask(app)
    expect([reply.status, reply.headers["x-then"]]).toEqual([401, "401 Jwt missing"])
  })
})
