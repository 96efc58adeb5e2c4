import { sendRaw } from "@jwt-auth/test-support/http"
import { Hono } from "hono"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { type App, bearer, portOf, twoConsumers, ways } from "./apps.js"

const before = ["", "/.", "/x/..", "/public/..", "/public/%2e%2e", "/public/.%2E", "/", "/public/", "/%2e"]
const beforeOdd = [
  "/public/..%2f",
  "/public/%252e%252e",
  "/public\\..",
  "/public/..\\",
  "/public/..;",
  "/public;/..",
]
const spelled = [
  "admin",
  "%61dmin",
  "%61%64%6D%69%6e",
  "ADMIN",
  "%2561dmin",
  "admin;x=1",
  "admin%00",
  "adm%69n%zz",
]
const after = [
  "",
  "/",
  "/x",
  "//x",
  "/%2e%2e/admin",
  "?x",
  "#",
  "#?x",
  "/%",
  "/%E0%A4%A",
  "/x%2fy",
  "/é",
  "/..\\admin",
]

/** What a client may write to come to `/admin`, or to look as if it came to `/public`. */
const targets = [...before, ...beforeOdd].flatMap((start) =>
  spelled.flatMap((name) => after.map((end) => `${start}/${name}${end}`)),
)

/** Each beginning, name and end, but not each with each other: a connection costs more than a call. */
const someTargets = targets.filter((_, i) => i % 5 === 0)

/** A request whose URL nobody has parsed, as some servers hand it over. */
function unparsed(url: string): Request {
  return Object.defineProperty(new Request("http://a.test/"), "url", { value: url })
}

/** How a target comes to the app, and what the app answers. */
const arrivals: readonly {
  readonly arrival: string
  readonly ask: (app: App, target: string) => Promise<string>
}[] = [
  {
    arrival: "as a parsed URL",
    ask: async (app, target) => (await app.fetch(new Request(`http://a.test${target}`))).text(),
  },
  {
    arrival: "as a URL that nobody has parsed",
    ask: async (app, target) => (await app.fetch(unparsed(`http://a.test${target}`))).text(),
  },
  {
    arrival: "as a URL without a host",
    ask: async (app, target) => (await app.fetch(unparsed(target))).text(),
  },
  {
    arrival: "at @hono/node-server",
    ask: async (app, target) => {
      const answer = await sendRaw(await portOf(app), [`GET ${target} HTTP/1.1`, "Host: a.test"])
      return /in: \w+|Jwt missing|HTTP\/1\.1 \d+/.exec(answer.replace(/^HTTP\/1\.1 [24]0[01]/, ""))?.[0] ?? ""
    },
  },
]

const settings = [
  { setting: "as Hono comes", options: {} },
  { setting: "strict: false", options: { strict: false } },
  { setting: "a getPath of the app's own", options: { getPath: ownPath } },
]

/** Not decoded, and in small letters. */
function ownPath({ url }: Request): string {
  return /^(?:https?:\/\/[^/]*)?([^?#]*)/.exec(url)?.[1]?.toLowerCase() ?? ""
}

describe.each(arrivals)("paths that arrive $arrival", ({ arrival, ask }) => {
  const sent = arrival === "at @hono/node-server" ? someTargets : targets
  // Without a host nothing is public: there is no telling where the path begins.
  const open = arrival === "as a URL without a host" ? "Jwt missing" : "in: public"

  describe.each(settings)("$setting", ({ options }) => {
    /** The app says which of its handlers a request came to. */
    const build = (auth: ReturnType<typeof jwtAuth>) =>
      new Hono(options)
        .use(auth)
        .get("/admin/*", (c) => c.text("in: admin"))
        .get("/public/*", (c) => c.text("in: public"))
        .get("*", (c) => c.text("in: elsewhere"))

    it("nothing that comes to the handler of /admin/* has slipped past a rule for it", async () => {
      const rules = [{ match: { path: "/admin/*" }, allow: ["web"] }]
      const app = build(jwtAuth({ ...twoConsumers, global_auth: false, rules }))
      const slipped: string[] = []
      for (const target of sent) if ((await ask(app, target)) === "in: admin") slipped.push(target)
      expect(slipped).toEqual([])
    })

    it("nothing that comes to another handler has been let in under a public rule for /public/*", async () => {
      const rules = [{ match: { path: "/public/*" }, public: true as const }]
      const app = build(jwtAuth({ ...twoConsumers, rules }))
      const slipped: string[] = []
      for (const target of sent) if (/in: [^p]/.test(await ask(app, target))) slipped.push(target)
      expect(slipped).toEqual([])
    })

    it("plain paths come where they should", async () => {
      const rules = [
        { match: { path: "/public/*" }, public: true as const },
        { match: { path: "/admin/*" }, allow: ["web"] },
      ]
      const app = build(jwtAuth({ ...twoConsumers, rules }))
      expect(await ask(app, "/public/x?a=/../b#c")).toBe(open)
      expect(await ask(app, "/public")).toBe(open)
      expect(await ask(app, "/admin/x")).toBe("Jwt missing")
      expect(await ask(app, "/elsewhere")).toBe("Jwt missing")
    })
  })
})

describe("a URL without a host, as a server hands it over when the Host header is malformed", () => {
  // Hono looks for the path behind the host, and finds it in the middle of such a URL.
  it.each([
    "/pub/admin",
    "/pub/admin/x",
    "/public/admin",
    "pub/admin",
    "/:8/admin",
    "//a/admin",
    "/a:b//c/admin",
  ])("%s comes to no handler of /admin/* under a rule for it, nor under a public one", async (url) => {
    for (const rule of [
      { match: { path: "/admin/*" }, allow: ["web"] },
      { match: { path: ["/pub/*", "/public/*", "/a/*"] }, public: true as const },
    ]) {
      const global_auth = "public" in rule
      const app = new Hono()
        .use(jwtAuth({ ...twoConsumers, global_auth, rules: [rule] }))
        .get("/admin/*", (c) => c.text("in: admin"))
      expect(await (await app.fetch(unparsed(url))).text()).not.toBe("in: admin")
    }
  })
})

describe.each(ways)("paths in other letters, through $way", ({ ask }) => {
  it.each(["/café/*", "/caf%C3%A9/*", "/caf%c3%a9/*"])(
    "a rule for %s holds however the path is sent",
    async (path) => {
      const rules = [{ match: { path }, allow: ["web"] }]
      const app = new Hono()
        .use(jwtAuth({ ...twoConsumers, global_auth: false, rules }))
        .get("/café/*", (c) => c.text("in"))
      for (const sent of ["/caf%C3%A9/x", "/caf%c3%a9/x", "/caf%C3%a9/%78"]) {
        expect([sent, (await ask(app, { path: sent })).status]).toEqual([sent, 401])
        expect((await ask(app, { path: sent, headers: bearer("web") })).body).toBe("in")
      }
    },
  )

  it.each(["/a b/*", "/a%20b/*"])("a rule for %s holds for what Hono decodes to it", async (path) => {
    const rules = [{ match: { path }, allow: ["web"] }]
    const app = new Hono()
      .use(jwtAuth({ ...twoConsumers, global_auth: false, rules }))
      .get("/a b/*", (c) => c.text("in"))
    expect((await ask(app, { path: "/a%20b/x" })).status).toBe(401)
    expect((await ask(app, { path: "/a%20b/x", headers: bearer("web") })).body).toBe("in")
  })
})
