import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, tokenOf, twoConsumers, unreachable, versions } from "./apps.js"

describe.each(versions)("the response of a refusal on $version", ({ express }) => {
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
    const app = express().use(jwtAuth(twoConsumers)).use(unreachable)
    const { headers } = await ask(app, { headers: { accept } })
    expect(headers["content-type"]).toBe(isJson ? "application/problem+json" : "text/plain; charset=utf-8")
  })

  it.each([
    ["Origin", "Origin, Accept"],
    ["Accept", "Accept"],
    ["*", "*"],
  ])("keeps Vary: %s that is there already", async (before, after) => {
    const app = express()
      .use((_req, res, next) => {
        res.set("Vary", before).set("Access-Control-Allow-Origin", "https://app.example")
        next()
      })
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
    const { headers } = await ask(app)
    expect([headers.vary, headers["access-control-allow-origin"]]).toEqual([after, "https://app.example"])
  })

  it("reaches no error handler: it is an answer, not an error", async () => {
    const errors: unknown[] = []
    const app = express()
      .use(jwtAuth(twoConsumers))
      .use(unreachable)
      .use((error: unknown, _req: unknown, _res: unknown, next: (error: unknown) => void) => {
        errors.push(error)
        next(error)
      })
    expect((await ask(app)).status).toBe(401)
    expect(errors).toEqual([])
  })

  it("takes an identity of the client's own making from the request, and leaves the rest as it was", async () => {
    const seen: unknown[] = []
    const app = express()
      .use((req, res, next) => {
        res.on("finish", () => seen.push(req.url, req.headers["x-mse-consumer"], req.rawHeaders.slice(2, 4)))
        next()
      })
      .use(jwtAuth(twoConsumers))
    const headers = { "X-Mse-Consumer": "client's", "X-Other": "a" }
    await ask(app, { path: "/?access_token=x.y.z", headers })
    expect(seen).toEqual(["/?access_token=x.y.z", undefined, ["X-Other", "a"]])
  })

  it("is a refusal under a rule of consumers of its own as well, with their places", async () => {
    const rules = [{ match: { path: "/own" }, consumers: [consumer("local", { from_params: ["k"] })] }]
    const app = express()
      .use(jwtAuth({ ...twoConsumers, rules }))
      .use(unreachable)
    expect((await ask(app, { path: "/own", headers: bearer("web") })).body).toBe("Jwt missing")
    expect((await ask(app, { path: `/own?k=${tokenOf("web")}` })).body).toBe("Jwt verification fails")
    expect((await ask(app, { path: `/own?k=${tokenOf("local")}` })).status).toBe(299)
  })
})
