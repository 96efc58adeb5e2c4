import { Hono } from "hono"
import { methodOverride } from "hono/method-override"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { bearer, consumer, echo, onNode, tokenOf, twoConsumers, unreachable, ways } from "./apps.js"

const rulesFor = (path: string) => ({
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { path }, allow: ["web"] }],
})

describe.each(ways)("apps in apps, through $way", ({ ask }) => {
  it("app.use('/api/*', auth) guards what is under it, and nothing else", async () => {
    const app = new Hono().use("/api/*", jwtAuth(twoConsumers)).all("*", echo)
    expect((await ask(app, { path: "/api" })).status).toBe(401)
    expect((await ask(app, { path: "/api/orders" })).status).toBe(401)
    expect((await ask(app, { path: "/apis" })).status).toBe(200)
    expect((await ask(app, { path: "/api/orders", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("app.route and basePath: rules see the path that the client asked for", async () => {
    const inner = new Hono().use(jwtAuth(rulesFor("/v1/shop/orders/*"))).get("/orders/:id", echo)
    const app = new Hono().basePath("/v1").route("/shop", inner)
    const path = "/v1/shop/orders/7"
    expect((await ask(app, { path })).status).toBe(401)
    expect((await ask(app, { path, headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { path, headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("a rule for the path under a route is about another path", async () => {
    const inner = new Hono().use(jwtAuth(rulesFor("/admin/*"))).get("/admin/users", echo)
    const app = new Hono().route("/api", inner)
    expect((await ask(app, { path: "/api/admin/users" })).status).toBe(200)
  })

  it("the identity of an outer app is there in a routed one", async () => {
    const auth = jwtAuth(twoConsumers)
    const inner = new Hono().get("/", (c) => c.text(auth.get(c)?.consumer ?? "nobody"))
    const app = new Hono().use(auth).route("/sub", inner)
    expect((await ask(app, { path: "/sub", headers: bearer("web") })).body).toBe("web")
  })

  it("app.mount: another application gets the edited request, and no spoofed header", async () => {
    const other = async (request: Request) =>
      Response.json([new URL(request.url).pathname + new URL(request.url).search, [...request.headers]])
    const auth = jwtAuth({
      global_auth: true,
      consumers: [consumer("web", { from_params: ["t"], keep_token: false })],
    })
    const app = new Hono().use(auth).mount("/other", other)
    const token = tokenOf("web")
    const headers = { "X-Mse-Consumer": "root" }
    const { body } = await ask(app, { path: `/other/x?a=1&t=${token}`, headers })
    expect(body).not.toContain(token)
    expect(body).not.toContain("root")
    expect(JSON.parse(body)).toEqual(["/x?a=1", expect.arrayContaining([["x-mse-consumer", "web"]])])
    expect((await ask(app, { path: "/other/x", headers })).status).toBe(401)
  })

  it("app.mount: a Hono app with a middleware of its own decides again, and forges nothing", async () => {
    const inner = new Hono().use(jwtAuth(twoConsumers).allow("web")).all("*", echo)
    const app = new Hono().use(jwtAuth(twoConsumers)).mount("/inner", inner.fetch)
    const { seen } = await ask(app, {
      path: "/inner/x",
      headers: { ...bearer("web"), "X-Mse-Consumer": "root" },
    })
    expect([seen.consumer, seen.headers["x-mse-consumer"]]).toEqual(["web", "web"])
    expect((await ask(app, { path: "/inner/x", headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { path: "/inner/x" })).status).toBe(401)
  })

  it("another app's fetch on c.req.raw decides again, and forges nothing", async () => {
    const inner = new Hono().use(jwtAuth(twoConsumers).allow("web")).all("*", echo)
    const app = new Hono().use(jwtAuth(twoConsumers)).all("*", (c) => inner.fetch(c.req.raw, c.env))
    const { seen } = await ask(app, { headers: { ...bearer("web"), "X-Mse-Consumer": "root" } })
    expect([seen.consumer, seen.headers["x-mse-consumer"]]).toEqual(["web", "web"])
    expect((await ask(app, { headers: bearer("partner") })).status).toBe(403)
  })

  it("a rule for a method holds for the method that hono/method-override makes of another one", async () => {
    const rules = [{ match: { method: "DELETE" }, allow: ["web"] }]
    const app = new Hono()
    app.use(methodOverride({ app, header: "X-HTTP-Method-Override" }))
    app.use(jwtAuth({ ...twoConsumers, global_auth: false, rules }))
    app.delete("/item", echo)
    const override = { "X-HTTP-Method-Override": "DELETE" }
    const deleting = { method: "POST", path: "/item", headers: override, body: "x" }
    expect((await ask(app, { method: "DELETE", path: "/item" })).status).toBe(401)
    expect((await ask(app, deleting)).status).toBe(401)
    const web = { ...deleting, headers: { ...override, ...bearer("web") } }
    expect((await ask(app, web)).seen.consumer).toBe("web")
  })
})

describe("on Node", () => {
  it("an app that hands on its own bindings, and not Node's request, is protected all the same", async () => {
    const app = new Hono().use(jwtAuth(rulesFor("/admin"))).get("/admin", echo)
    const bare = { fetch: (request: Request) => app.fetch(request, { SOME: "binding" }) } as never
    expect((await onNode.ask(bare, { path: "/admin" })).status).toBe(401)
    const { authorization } = bearer("web")
    const twice = { authorization: [authorization, authorization] }
    expect((await onNode.ask(bare, { path: "/admin", headers: twice })).status).toBe(401)
    const spoofed = { "X-Mse-Consumer": "root", authorization }
    const reply = await onNode.ask(bare, { path: "/admin", headers: spoofed })
    expect(reply.seen.consumer).toBe("web")
    expect(reply.body).not.toContain("root")
  })

  it("bindings that are nothing like Node's request are not taken for one", async () => {
    const app = new Hono<{ Bindings: object }>().use(jwtAuth(twoConsumers)).all("*", unreachable)
    for (const incoming of [null, "x", {}, { rawHeaders: "x" }, { headers: {} }])
      expect((await app.request("/", {}, { incoming })).status).toBe(401)
    for (const env of [null, undefined, "x", 7])
      expect((await app.request("/", {}, env as never)).status).toBe(401)
  })
})
