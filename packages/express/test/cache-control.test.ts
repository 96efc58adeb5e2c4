import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, type Sent, tokenOf, versions } from "./apps.js"

const configOf = (more: object) => ({ global_auth: true, consumers: [consumer("web", more)] })
const anywhere = {
  from_headers: [{ name: "Authorization", value_prefix: "Bearer " }, { name: "X-Token" }],
  from_params: ["t"],
  from_cookies: ["t"],
}
const outside: readonly (readonly [string, (token: string) => Sent])[] = [
  ["a header of its own", (token) => ({ headers: { "x-token": token } })],
  ["the query", (token) => ({ path: `/?t=${token}` })],
  ["a cookie", (token) => ({ headers: { cookie: `t=${token}` } })],
]

describe.each(versions)("Cache-Control on $version", ({ express }) => {
  it.each(outside)("is private when the token came in %s", async (_place, withToken) => {
    const app = express()
      .use(jwtAuth(configOf(anywhere)))
      .use(echo)
    const reply = await ask(app, withToken(tokenOf("web")))
    expect([reply.status, reply.headers["cache-control"]]).toEqual([200, "private"])
  })

  it("is absent when the token came in Authorization and stays there: caches know that header", async () => {
    const app = express()
      .use(jwtAuth(configOf(anywhere)))
      .use(echo)
    const reply = await ask(app, { headers: bearer("web") })
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
  })

  it("is private when the token came in Authorization and was stripped", async () => {
    const app = express()
      .use(jwtAuth(configOf({ keep_token: false })))
      .use(echo)
    expect((await ask(app, { headers: bearer("web") })).headers["cache-control"]).toBe("private")
  })

  it("is absent from a request that passes without an identity", async () => {
    const auth = jwtAuth(configOf({ ...anywhere, keep_token: false }))
    const app = express().use(auth.optional()).use(echo)
    const reply = await ask(app)
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
  })

  it("is absent from a request that passes under a public rule, whatever token it shows", async () => {
    const rules = [{ match: {}, public: true as const }]
    const app = express()
      .use(jwtAuth({ ...configOf(anywhere), rules }))
      .use(echo)
    const reply = await ask(app, { path: `/?t=${tokenOf("web")}` })
    expect(reply.status).toBe(200)
    expect(reply.headers).not.toHaveProperty("cache-control")
  })

  it("does not replace what the app said before", async () => {
    const app = express()
      .use((_req, res, next) => {
        res.set("cache-control", "no-store")
        next()
      })
      .use(jwtAuth(configOf(anywhere)))
      .use(echo)
    expect((await ask(app, { path: `/?t=${tokenOf("web")}` })).headers["cache-control"]).toBe("no-store")
  })

  it("can be replaced and removed by a handler", async () => {
    const app = express()
      .use(jwtAuth(configOf(anywhere)))
      .get("/public", (_req, res) => void res.set("Cache-Control", "public, max-age=60").send("x"))
      .get("/none", (_req, res) => {
        res.removeHeader("Cache-Control")
        res.send("x")
      })
    const path = (name: string) => `/${name}?t=${tokenOf("web")}`
    expect((await ask(app, { path: path("public") })).headers["cache-control"]).toBe("public, max-age=60")
    expect((await ask(app, { path: path("none") })).headers).not.toHaveProperty("cache-control")
  })

  it("stays private when a second middleware allows too, and when a later one passes", async () => {
    const rules = [{ match: { route: "open" }, public: true as const }]
    const auth = jwtAuth({ ...configOf({ ...anywhere, keep_token: false }), rules })
    const app = express().use(auth).get("/", auth.any(), auth.route("open"), echo)
    expect((await ask(app, { path: `/?t=${tokenOf("web")}` })).headers["cache-control"]).toBe("private")
  })

  it("is private on an error page of the app, too", async () => {
    const app = express()
      .use(jwtAuth(configOf(anywhere)))
      .use((_req, res) => void res.status(404).send("nothing here for web"))
    expect((await ask(app, { path: `/?t=${tokenOf("web")}` })).headers["cache-control"]).toBe("private")
  })
})
