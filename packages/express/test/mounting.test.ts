import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

const rulesFor = (path: string) => ({
  ...twoConsumers,
  global_auth: false,
  rules: [{ match: { path }, allow: ["web"] }],
})

describe.each(versions)("mounted on $version", ({ express }) => {
  it("app.use('/api', auth) guards what is under it, and nothing else", async () => {
    const app = express().use("/api", jwtAuth(twoConsumers)).use(echo)
    expect((await ask(app, { path: "/api" })).status).toBe(401)
    expect((await ask(app, { path: "/api/orders" })).status).toBe(401)
    expect((await ask(app, { path: "/apis" })).status).toBe(200)
    expect((await ask(app, { path: "/api/orders", headers: bearer("web") })).seen.consumer).toBe("web")
  })

  it("rules see the path that the client asked for, not what is left of it under a mount", async () => {
    const app = express()
      .use("/api", jwtAuth(rulesFor("/api/admin/*")))
      .use(echo)
    expect((await ask(app, { path: "/api/admin/users" })).status).toBe(401)
    expect((await ask(app, { path: "/api/admin/users", headers: bearer("partner") })).status).toBe(403)
    expect((await ask(app, { path: "/api/admin/users", headers: bearer("web") })).status).toBe(200)
    expect((await ask(app, { path: "/api/other" })).status).toBe(200)
  })

  it("a rule for the path under the mount is about another path", async () => {
    const app = express()
      .use("/api", jwtAuth(rulesFor("/admin/*")))
      .use(echo)
    expect((await ask(app, { path: "/api/admin/users" })).status).toBe(200)
  })

  it("routers in routers: rules see the full path, and handlers the path that each router shows", async () => {
    const inner = express
      .Router()
      .use(jwtAuth(rulesFor("/v1/shop/orders/*")))
      .get("/orders/:id", echo)
    const outer = express.Router().use("/shop", inner)
    const app = express().use("/v1", outer)
    const path = "/v1/shop/orders/7?a=1"
    expect((await ask(app, { path })).status).toBe(401)
    const { seen } = await ask(app, { path, headers: bearer("web") })
    expect([seen.consumer, seen.url, seen.originalUrl]).toEqual(["web", "/orders/7?a=1", path])
  })

  it("a mounted app of its own: rules see the full path", async () => {
    const inner = express()
      .use(jwtAuth(rulesFor("/sub/admin")))
      .use(echo)
    const app = express().use("/sub", inner)
    expect((await ask(app, { path: "/sub/admin" })).status).toBe(401)
    expect((await ask(app, { path: "/sub/admin", headers: bearer("web") })).seen.consumer).toBe("web")
    expect((await ask(app, { path: "/sub/open" })).status).toBe(200)
  })

  it("the identity of an outer app is there in a mounted one, and after it", async () => {
    const auth = jwtAuth(twoConsumers)
    const seen: unknown[] = []
    const note = express().use((req, _res, next) => {
      seen.push(auth.get(req)?.consumer)
      next()
    })
    const app = express().use(auth).use("/sub", note).use(note).use(echo)
    expect((await ask(app, { path: "/sub", headers: bearer("web") })).seen.consumer).toBe("web")
    expect(seen).toEqual(["web", "web"])
  })

  it.each(["/ADMIN", "/admin/", "/Admin/"])(
    "%s reaches the handler of /admin, and is refused as /admin is",
    async (path) => {
      const app = express()
        .use(jwtAuth(rulesFor("/admin")))
        .get("/admin", echo)
      expect((await ask(app, { path })).status).toBe(401)
      expect((await ask(app, { path, headers: bearer("web") })).status).toBe(200)
    },
  )

  it("an absolute request target is refused as its path is, whatever host it names", async () => {
    const app = express()
      .use(jwtAuth(rulesFor("/admin")))
      .get("/admin", echo)
    expect((await ask(app, { path: "http://other.example/admin" })).status).toBe(401)
    expect((await ask(app, { path: "http://other.example/admin", headers: bearer("web") })).status).toBe(200)
  })

  it("a middleware that rewrites req.url before us moves no request past a rule", async () => {
    const app = express()
      .use((req, _res, next) => {
        req.url = "/public"
        next()
      })
      .use(jwtAuth(rulesFor("/admin")))
      .use(unreachable)
    expect((await ask(app, { path: "/admin" })).status).toBe(401)
  })

  it("a token in the query is stripped under a mount, and stays stripped after it", async () => {
    const auth = jwtAuth({
      global_auth: true,
      consumers: [consumer("web", { from_params: ["access_token"], keep_token: false })],
    })
    const seen: string[] = []
    const inner = express.Router().use(auth, (req, _res, next) => {
      seen.push(req.url)
      next()
    })
    const app = express().use("/api", inner).use(echo)
    const token = tokenOf("web")
    const deep = await ask(app, { path: `/api/x?a=1&access_token=${token}&b=%20` })
    expect([deep.seen.url, deep.seen.query]).toEqual(["/api/x?a=1&b=%20", { a: "1", b: " " }])
    const root = await ask(app, { path: `/api?access_token=${token}` })
    expect([root.seen.url, root.seen.query]).toEqual(["/api", {}])
    expect(seen).toEqual(["/x?a=1&b=%20", "/"])
  })
})
