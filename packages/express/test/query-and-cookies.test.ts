import cookieParser from "cookie-parser"
import type { Request } from "express"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, bearer, consumer, echo, tokenOf, versions } from "./apps.js"

const stripping = (from: object) => ({
  global_auth: true,
  consumers: [consumer("web", { ...from, keep_token: false })],
})
const inQuery = stripping({ from_params: ["t"] })
const inCookie = stripping({ from_cookies: ["t"] })

describe.each(versions)("req.query on $version", ({ express }) => {
  it.each([
    ["simple", { "a[b]": "1", c: ["2", "3"] }],
    ["extended", { a: { b: "1" }, c: ["2", "3"] }],
    [false, {}],
    [(text: string) => ({ text }), { text: "a[b]=1&c=2&c=3" }],
  ])(
    "is what the app's own query parser makes of the query without the token (%s)",
    async (parser, parsed) => {
      const app = express().set("query parser", parser).use(jwtAuth(inQuery)).use(echo)
      const { seen } = await ask(app, { path: `/?a[b]=1&t=${tokenOf("web")}&c=2&c=3` })
      expect([seen.url, seen.query]).toEqual(["/?a[b]=1&c=2&c=3", parsed])
    },
  )

  it("the parameter's name may be escaped, and every copy of it goes", async () => {
    const app = express().use(jwtAuth(inQuery)).use(echo)
    const { seen } = await ask(app, { path: `/?%74=${tokenOf("web")}&a=1&t=${tokenOf("web")}&T=kept&t` })
    expect([seen.url, seen.query]).toEqual(["/?a=1&T=kept", { a: "1", T: "kept" }])
  })

  it("a parameter that the parser nests goes, and what else is nested there stays", async () => {
    const config = stripping({ from_params: ["auth[token]"] })
    const app = express().set("query parser", "extended").use(jwtAuth(config)).use(echo)
    const only = await ask(app, { path: `/?auth[token]=${tokenOf("web")}&a=1` })
    expect([only.seen.url, only.seen.query]).toEqual(["/?a=1", { a: "1" }])
    const among = await ask(app, { path: `/?auth[token]=${tokenOf("web")}&auth[x]=1` })
    expect([among.seen.url, among.seen.query]).toEqual(["/?auth[x]=1", { auth: { x: "1" } }])
  })

  it("originalUrl loses the token too: loggers and proxies go by it", async () => {
    const app = express().use(jwtAuth(inQuery)).use(echo)
    const path = `/x?t=${tokenOf("web")}`
    expect((await ask(app, { path })).seen).toMatchObject({ url: "/x", originalUrl: "/x", query: {} })
  })

  it("with keep_token the query stays as it was, token included", async () => {
    const config = { global_auth: true, consumers: [consumer("web", { from_params: ["t"] })] }
    const app = express().use(jwtAuth(config)).use(echo)
    const path = `/?a=1&t=${tokenOf("web")}`
    const { seen } = await ask(app, { path })
    expect([seen.url, Object.keys(seen.query as object)]).toEqual([path, ["a", "t"]])
  })

  it("what an earlier middleware made of req.query stays, less the token", async () => {
    // As sanitizers do, and on Express 5 the way they have to: there `query` is a getter.
    const sanitize = (req: Request) => {
      const { "a[$gt]": _, ...rest } = { ...req.query, page: 1 } as Record<string, unknown>
      Object.defineProperty(req, "query", {
        value: rest,
        writable: true,
        configurable: true,
        enumerable: true,
      })
    }
    const app = express()
      .set("query parser", "simple")
      .use((req, _res, next) => {
        sanitize(req)
        next()
      })
      .use(jwtAuth(inQuery))
      .use(echo)
    const { seen } = await ask(app, { path: `/?a[$gt]=&b=2&t=${tokenOf("web")}` })
    expect(seen.query).toEqual({ b: "2", page: 1 })
  })
})

describe.each(versions)("req.cookies on $version", ({ express }) => {
  it("cookie-parser before the middleware: its copies lose the token and nothing else", async () => {
    const app = express().use(cookieParser()).use(jwtAuth(inCookie)).use(echo)
    const cookie = `a=%20x; t=${tokenOf("web")}; j=j%3A%7B%22k%22%3A1%7D; q="quoted"`
    const { seen } = await ask(app, { headers: { cookie } })
    expect(seen.headers.cookie).toBe('a=%20x; j=j%3A%7B%22k%22%3A1%7D; q="quoted"')
    expect(seen.cookies).toEqual({ a: " x", j: { k: 1 }, q: "quoted" })
  })

  it("cookie-parser behind the middleware: it never comes to see the token", async () => {
    const app = express().use(jwtAuth(inCookie)).use(cookieParser()).use(echo)
    const { seen } = await ask(app, { headers: { cookie: `t=${tokenOf("web")}; a=1` } })
    expect(seen.cookies).toEqual({ a: "1" })
  })

  it("signed cookies stay, and keep their signature's word", async () => {
    const secret = "for this test"
    const signing = express().get("/", (req, res) => {
      Object.assign(req, { secret })
      res.cookie("s", "signed value", { signed: true }).end()
    })
    const set = (await ask(signing)).headers["set-cookie"]?.[0]?.split(";")[0]
    const app = express().use(cookieParser(secret)).use(jwtAuth(inCookie)).use(echo)
    const { seen } = await ask(app, { headers: { cookie: `t=${tokenOf("web")}; ${set}` } })
    expect(seen.signedCookies).toEqual({ s: "signed value" })
    expect(seen.cookies).toEqual({})
  })

  it("a token that is the only cookie takes the header with it", async () => {
    const app = express().use(cookieParser()).use(jwtAuth(inCookie)).use(echo)
    const { seen } = await ask(app, { headers: { cookie: `t=${tokenOf("web")}` } })
    expect(seen.headers).not.toHaveProperty("cookie")
    expect(seen.raw.map((part) => part.toLowerCase())).not.toContain("cookie")
    expect([seen.cookies, seen.signedCookies]).toEqual([{}, {}])
  })

  it("every copy of the token's cookie goes, over several Cookie lines too", async () => {
    const app = express().use(cookieParser()).use(jwtAuth(inCookie)).use(echo)
    const token = tokenOf("web")
    const { seen } = await ask(app, { headers: { cookie: [`a=1; t=${token}`, `t="${token}"; b=2`] } })
    expect(JSON.stringify(seen)).not.toContain(token)
    expect(seen.cookies).toEqual({ a: "1", b: "2" })
  })

  it("what an earlier middleware put into req.cookies stays", async () => {
    const app = express()
      .use(cookieParser())
      .use((req, _res, next) => {
        req.cookies.added = "by the app"
        next()
      })
      .use(jwtAuth(inCookie))
      .use(echo)
    const { seen } = await ask(app, { headers: { cookie: `t=${tokenOf("web")}; a=1` } })
    expect(seen.cookies).toEqual({ a: "1", added: "by the app" })
  })

  it("with keep_token the cookies stay as they were", async () => {
    const config = { global_auth: true, consumers: [consumer("web", { from_cookies: ["t"] })] }
    const app = express().use(cookieParser()).use(jwtAuth(config)).use(echo)
    const cookie = `a=1; t=${tokenOf("web")}`
    const { seen } = await ask(app, { headers: { cookie } })
    expect(seen.headers.cookie).toBe(cookie)
    expect(Object.keys(seen.cookies ?? {})).toEqual(["a", "t"])
  })

  it("a token elsewhere leaves the cookies alone", async () => {
    const config = { global_auth: true, consumers: [consumer("web", { keep_token: false })] }
    const app = express().use(cookieParser()).use(jwtAuth(config)).use(echo)
    const { seen } = await ask(app, { headers: { ...bearer("web"), cookie: "a=1;  b=2;" } })
    expect([seen.headers.cookie, seen.cookies]).toEqual(["a=1;  b=2;", { a: "1", b: "2" }])
  })
})
