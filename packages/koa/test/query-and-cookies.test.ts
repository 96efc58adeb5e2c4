import type { Context, Next } from "koa"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, askRaw, bearer, consumer, echo, tokenOf, versions } from "./apps.js"

const stripping = (from: object) => ({
  global_auth: true,
  consumers: [consumer("web", { ...from, keep_token: false })],
})
const inQuery = stripping({ from_params: ["t"] })
const inCookie = stripping({ from_cookies: ["t"] })

describe.each(versions)("ctx.query on $version", ({ Koa }) => {
  it("every view of the query loses the token and nothing else", async () => {
    const app = new Koa().use(jwtAuth(inQuery)).use((ctx) => {
      const { url, querystring, search, query, path } = ctx
      ctx.body = {
        url,
        querystring,
        search,
        query,
        path,
        raw: ctx.req.url,
        request: ctx.request.toJSON().url,
      }
    })
    const { body } = await ask(app, { path: `/x?a[b]=1&t=${tokenOf("web")}&c=2&c=%20` })
    const left = "/x?a[b]=1&c=2&c=%20"
    expect(JSON.parse(body)).toEqual({
      url: left,
      querystring: left.slice(3),
      search: left.slice(2),
      query: { "a[b]": "1", c: ["2", " "] },
      path: "/x",
      raw: left,
      request: left,
    })
  })

  it("a token that is all of the query takes the question mark with it", async () => {
    const app = new Koa().use(jwtAuth(inQuery)).use(echo)
    const { seen } = await ask(app, { path: `/x?t=${tokenOf("web")}` })
    expect([seen.url, seen.querystring, seen.query]).toEqual(["/x", "", {}])
  })

  it("the parameter's name may be escaped, and every copy of it goes", async () => {
    const app = new Koa().use(jwtAuth(inQuery)).use(echo)
    const { seen } = await ask(app, { path: `/?%74=${tokenOf("web")}&a=1&t=${tokenOf("web")}&T=kept&t` })
    expect([seen.url, seen.query]).toEqual(["/?a=1&T=kept", { a: "1", T: "kept" }])
  })

  it("originalUrl, href and URL lose the token too: loggers go by them", async () => {
    const app = new Koa().use(jwtAuth(inQuery)).use((ctx) => {
      ctx.body = [ctx.originalUrl, ctx.href, ctx.URL.pathname + ctx.URL.search, ctx.url]
    })
    const path = `/x?t=${tokenOf("web")}`
    const { body } = await ask(app, { path, host: "api.example" })
    expect(JSON.parse(body)).toEqual(["/x", "http://api.example/x", "/x", "/x"])
  })

  it("with keep_token the query stays as it was, token included", async () => {
    const config = { global_auth: true, consumers: [consumer("web", { from_params: ["t"] })] }
    const app = new Koa().use(jwtAuth(config)).use(echo)
    const path = `/?a=1&t=${tokenOf("web")}`
    const { seen } = await ask(app, { path })
    expect([seen.url, Object.keys(seen.query as object)]).toEqual([path, ["a", "t"]])
  })

  it.each<[string, (ctx: Context) => unknown]>([
    ["ctx.query", (ctx) => ctx.query],
    ["ctx.querystring", (ctx) => ctx.querystring],
    ["ctx.path", (ctx) => ctx.path],
    ["ctx.URL", (ctx) => ctx.URL],
    ["ctx.request.toJSON()", (ctx) => ctx.request.toJSON()],
  ])("a middleware before us that read %s keeps nothing of the token in view", async (_what, read) => {
    const app = new Koa()
      .use((ctx, next) => {
        read(ctx)
        return next()
      })
      .use(jwtAuth(inQuery))
      .use(echo)
    const token = tokenOf("web")
    const { seen } = await ask(app, { path: `/?a=1&t=${token}` })
    expect([seen.url, seen.querystring, seen.query]).toEqual(["/?a=1", "a=1", { a: "1" }])
    expect(JSON.stringify({ ...seen, originalUrl: "" })).not.toContain(token)
  })

  it("what an earlier middleware made of ctx.query stays, less the token", async () => {
    // As sanitizers do: ctx.query is one object for as long as the query string is the same.
    const sanitize = (ctx: Context, next: Next) => {
      delete ctx.query["a[$gt]"]
      Object.assign(ctx.query, { page: 1 })
      return next()
    }
    const app = new Koa().use(sanitize).use(jwtAuth(inQuery)).use(echo)
    const { seen } = await ask(app, { path: `/?a[$gt]=&b=2&t=${tokenOf("web")}` })
    expect(seen.query).toEqual({ b: "2", page: 1 })
  })

  it("a parameter called __proto__ stays one", async () => {
    const app = new Koa().use(jwtAuth(inQuery)).use((ctx) => {
      ctx.body = [Object.getPrototypeOf(ctx.query) === Array.prototype, "length" in ctx.query, ctx.query["a"]]
    })
    const { body } = await ask(app, { path: `/?__proto__=1&__proto__=2&a=1&t=${tokenOf("web")}` })
    expect(JSON.parse(body)).toEqual([false, false, "1"])
  })

  it("the token is gone behind any number of parameters", async () => {
    const others = Array.from({ length: 1200 }, (_, i) => `k${i}=`).join("&")
    const app = new Koa().use(jwtAuth(inQuery)).use((ctx) => {
      ctx.body = String("t" in ctx.query)
    })
    expect((await ask(app, { path: `/?${others}&t=${tokenOf("web")}` })).body).toBe("false")
  })

  it("a target that is no URL is no error, whichever way it is decided", async () => {
    const config = { consumers: [consumer("web", { from_cookies: ["t"] })] }
    const app = new Koa().use(jwtAuth(config)).use((ctx) => {
      ctx.body = ctx.state.auth?.consumer
    })
    const answer = await askRaw(app, [
      "GET http://[/x HTTP/1.1",
      "Host: a.example",
      `Cookie: t=${tokenOf("web")}`,
    ])
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  it("what an earlier middleware assigned to ctx.query stays, less the token", async () => {
    const sanitize = (ctx: Context, next: Next) => {
      const { "a[$gt]": _, ...rest } = ctx.query
      ctx.query = rest
      return next()
    }
    const app = new Koa().use(sanitize).use(jwtAuth(inQuery)).use(echo)
    const { seen } = await ask(app, { path: `/?a[$gt]=&b=2&t=${tokenOf("web")}` })
    expect([seen.url, seen.query]).toEqual(["/?b=2", { b: "2" }])
  })
})

describe.each(versions)("ctx.cookies on $version", ({ Koa }) => {
  const names = ["t", "a", "b", "q"]
  const cookiesOf = (ctx: Context) =>
    Object.fromEntries(names.map((name) => [name, ctx.cookies.get(name) ?? null]))
  const show = (ctx: Context) => {
    ctx.body = { header: ctx.get("Cookie"), raw: ctx.req.rawHeaders, cookies: cookiesOf(ctx) }
  }
  const shown = async (config: typeof inCookie, cookie: string | readonly string[], before = false) => {
    const app = new Koa()
      .use((ctx, next) => {
        if (before) cookiesOf(ctx)
        return next()
      })
      .use(jwtAuth(config))
      .use(show)
    const reply = await ask(app, { headers: { cookie } })
    expect(reply.status).toBe(200)
    return JSON.parse(reply.body) as { header: string; raw: string[]; cookies: object }
  }

  it.each([false, true])(
    "the token's goes, the others stay byte for byte (read before us: %s)",
    async (before) => {
      const { header, cookies } = await shown(inCookie, `a=%20x; t=${tokenOf("web")};b=; q="quoted"`, before)
      expect(header).toBe('a=%20x;b=; q="quoted"')
      expect(cookies).toEqual({ t: null, a: "%20x", b: "", q: "quoted" })
    },
  )

  it("a token that is the only cookie takes the header with it", async () => {
    const { header, raw, cookies } = await shown(inCookie, `t=${tokenOf("web")}`)
    expect([header, raw.map((part) => part.toLowerCase()).includes("cookie")]).toEqual(["", false])
    expect(cookies).toEqual({ t: null, a: null, b: null, q: null })
  })

  it("every copy of the token's cookie goes, over several Cookie lines too", async () => {
    const token = tokenOf("web")
    const found = await shown(inCookie, [`a=1; t=${token}`, `t="${token}"; b=2`])
    expect(JSON.stringify(found)).not.toContain(token)
    expect(found.cookies).toEqual({ t: null, a: "1", b: "2", q: null })
  })

  it("signed cookies stay, and keep their signature's word", async () => {
    const keys = ["for this test"]
    const signing = new Koa({ keys }).use((ctx) => {
      ctx.cookies.set("s", "signed", { signed: true })
      ctx.status = 204
    })
    const set = (await ask(signing)).headers["set-cookie"]?.map((cookie) => cookie.split(";")[0]) ?? []
    expect(set).toHaveLength(2)
    const app = new Koa({ keys }).use(jwtAuth(inCookie)).use((ctx) => {
      ctx.body = ctx.cookies.get("s", { signed: true }) ?? "no longer signed"
    })
    const cookie = [set[0], `t=${tokenOf("web")}`, set[1]].join("; ")
    expect((await ask(app, { headers: { cookie } })).body).toBe("signed")
  })

  it("with keep_token the cookies stay as they were", async () => {
    const cookie = `a=1; t=${tokenOf("web")}`
    const kept = { global_auth: true, consumers: [consumer("web", { from_cookies: ["t"] })] }
    expect((await shown(kept, cookie)).header).toBe(cookie)
  })

  it("a token elsewhere leaves the cookies alone", async () => {
    const app = new Koa().use(jwtAuth(stripping({}))).use(echo)
    const { seen } = await ask(app, { headers: { ...bearer("web"), cookie: "a=1;  b=2;" } })
    expect(seen.headers.cookie).toBe("a=1;  b=2;")
  })
})
