import { describe, expect, it } from "vitest"
import type { ApisixSource } from "../../src/import/apisix/from-apisix.js"
import { fromApisix } from "../../src/import/apisix/from-apisix.js"
import { type Asked, issuesOf, jack, kindsOf, rose, tokenFor, tokenOf, verdictsOf } from "./apisix-source.js"

const consumers = [jack, rose]
const token = tokenFor("jack")
const jwt = { "jwt-auth": {} }
const only = (...whitelist: string[]) => ({ ...jwt, "consumer-restriction": { whitelist } })

type Fields = Readonly<Record<string, unknown>>
const route = (uri: string, plugins: object = {}, fields: Fields = {}) => ({ uri, plugins, ...fields })

/** What requests come to under these routes: `200`, `401` or `403`. */
async function statuses(
  routes: readonly object[],
  asked: readonly Asked[],
  rest: ApisixSource = {},
): Promise<readonly number[]> {
  const verdicts = await verdictsOf({ consumers, routes, ...rest }, asked)
  return verdicts.map((verdict) => {
    if (verdict === "pass" || verdict.startsWith("allow")) return 200
    return verdict.startsWith("access_denied") ? 403 : 401
  })
}

const paths = (...list: string[]) => list.map((path) => ({ path }))

describe("a route", () => {
  it("with jwt-auth asks for a token, without it for none, and no route at all asks for one", async () => {
    const routes = [route("/private/*", jwt), route("/public/*")]
    const asked = paths("/private/x", "/public/x", "/elsewhere")
    expect(await statuses(routes, asked)).toEqual([401, 200, 401])
    expect(
      await statuses(
        routes,
        asked.map((one) => ({ ...one, token })),
      ),
    ).toEqual([200, 200, 200])
  })

  it.each<[string, unknown]>([
    ["a list", [route("/open")]],
    ["a map by id", { 1: route("/open") }],
    [
      "what the admin API answers for all",
      { total: 1, list: [{ key: "/apisix/routes/1", value: route("/open") }] },
    ],
    ["what the admin API answers for one", { key: "/apisix/routes/1", value: route("/open") }],
  ])("is read from %s", async (_, routes) => {
    const verdicts = await verdictsOf({ consumers, routes }, paths("/open", "/other"))
    expect(verdicts).toEqual(["pass", "jwt_missing: token_missing"])
  })

  it("keeps its name, or its id, for reports", async () => {
    const routes = [{ ...route("/a"), id: 7 }, { ...route("/b"), name: "orders" }, { list: [] }]
    const { config } = await fromApisix({ consumers, routes: routes.slice(0, 2) })
    expect(config.rules?.map(({ name }) => name)).toEqual(["route 7", "orders"])
  })

  it("with several paths, one after the other, is one rule", async () => {
    const { config } = await fromApisix({
      consumers,
      routes: [{ uris: ["/a", "/b"], plugins: {}, name: "r" }],
    })
    expect(config.rules).toEqual([{ name: "r", match: { path: ["/a", "/b"] }, public: true }])
  })

  it("that is switched off is not there", async () => {
    expect(await statuses([route("/a", {}, { status: 0 }), route("/*", jwt)], paths("/a"))).toEqual([401])
  })

  it.each<[string, object, string]>([
    ["a path", { plugins: {} }, "routes[0]: has neither uri nor uris"],
    [
      "a host that can be said",
      { uri: "/", host: "*x.com" },
      'routes[0].hosts: "*x.com" cannot be said here',
    ],
    [
      "a host without a port",
      { uri: "/", hosts: ["x.com:80"] },
      'routes[0].hosts: "x.com:80" cannot be said here',
    ],
    ["a list of methods", { uri: "/", methods: "GET" }, "routes[0].methods: is not a list of texts"],
    ["plugins by name", { uri: "/", plugins: [] }, "routes[0].plugins: is not an object"],
    ["a number for its priority", { uri: "/", priority: "high" }, "routes[0].priority: is not a number"],
  ])("needs %s", async (_, broken, issue) => {
    expect(await issuesOf({ consumers, routes: [broken] })).toContain(issue)
  })
})

describe("of several routes, the one is asked that the gateway would ask", () => {
  it("a whole path before a folder, whatever their order", async () => {
    const routes = [route("/*", jwt), route("/a/*", only("rose")), route("/a/open")]
    const asked = paths("/a/open", "/a/x", "/x").map((one) => ({ ...one, token }))
    expect(await statuses(routes, asked)).toEqual([200, 403, 200])
  })

  it("a longer folder before a shorter one, whatever their priority", async () => {
    const routes = [
      route("/*", jwt, { priority: 9 }),
      route("/a/b/*", jwt),
      route("/a/*", {}, { priority: 5 }),
    ]
    expect(await statuses(routes, paths("/a/b/c", "/a/c", "/c"))).toEqual([401, 200, 401])
  })

  it("by priority where the paths are the same, and then the first", async () => {
    expect(await statuses([route("/a"), route("/a", jwt, { priority: 1 })], paths("/a"))).toEqual([401])
    expect(await statuses([route("/a"), route("/a", jwt)], paths("/a"))).toEqual([200])
  })

  it("by method", async () => {
    const routes = [route("/a", jwt, { methods: ["POST"] }), route("/a", {}, { methods: ["GET"] })]
    const asked = ["POST", "GET", "PUT"].map((method) => ({ method, path: "/a" }))
    expect(await statuses(routes, asked)).toEqual([401, 200, 401])
  })

  it("a whole host before a wildcard, before none, and then by path", async () => {
    const routes = [
      route("/a"),
      route("/*", jwt, { hosts: ["*.x.com"] }),
      route("/*", {}, { host: "open.x.com" }),
      route("/a", jwt, { host: "OPEN.x.com" }),
    ]
    const asked = [
      { host: "y.com", path: "/a" },
      { host: "b.x.com", path: "/a" },
      { host: "open.x.com", path: "/b" },
      { host: "open.x.com", path: "/a" },
      { host: "x.com", path: "/b" },
    ]
    expect(await statuses(routes, asked)).toEqual([200, 401, 200, 401, 401])
  })
})

describe("a rule lets through nobody whom the gateway refuses", () => {
  it("at /x, which /x/* covers here: the route that gets it there has a say", async () => {
    const routes = [route("/x/*"), route("/*", jwt)]
    expect(await statuses(routes, paths("/x/y", "/x", "/x/"))).toEqual([200, 401, 401])
    const asked = [
      { path: "/x", token },
      { path: "/x", token: tokenFor("rose") },
    ]
    expect(await statuses([route("/x/*", jwt), route("/*", only("rose"))], asked)).toEqual([403, 200])
    expect(await statuses([route("/x/*", only("jack")), route("/*", only("rose"))], asked)).toEqual([
      403, 403,
    ])
  })

  it("at /x, and the note stands where the folder does", async () => {
    expect(await kindsOf({ consumers, routes: [route("/*", jwt), route("/x/*")] })).toEqual([
      "differs routes[1]",
    ])
    expect(await kindsOf({ consumers, routes: [route("/*", jwt), route("/x/*", jwt)] })).toEqual([])
  })

  it("at /x, also where that route has another host", async () => {
    const folder = route("/x/*", {}, { host: "a.x.com" })
    const asked = [
      { host: "a.x.com", path: "/x" },
      { host: "a.x.com", path: "/x/y" },
    ]
    expect(await statuses([folder, route("/x", jwt)], asked)).toEqual([401, 200])
    const here = route("/*", only("rose"), { host: "a.x.com" })
    const tokens = asked.map((one) => ({ ...one, token }))
    expect(await statuses([folder, route("/x", only("jack")), here], tokens)).toEqual([403, 200])
  })

  it("at /x, unless a route says otherwise of it", async () => {
    const routes = [{ uris: ["/x", "/x/*"], plugins: {} }, route("/*", jwt)]
    expect(await statuses(routes, paths("/x", "/x/y", "/y"))).toEqual([200, 200, 401])
  })

  it("where a beginning is not a whole segment: the rule is about the whole folder, and as strict as all in it", async () => {
    const asked = paths("/a/b", "/a/bc", "/a/b/c", "/a/x")
    const tokens = asked.map((one) => ({ ...one, token }))
    expect(await statuses([route("/a/b*", jwt), route("/*")], asked)).toEqual([401, 401, 401, 401])
    expect(await statuses([route("/a/b*", jwt), route("/*", only("rose"))], tokens)).toEqual([
      200, 403, 200, 403,
    ])
    expect(await statuses([route("/a/b*", only("rose")), route("/*", jwt)], tokens)).toEqual([
      403, 403, 403, 403,
    ])
  })

  it("where such a route is open: it is open for whole segments only", async () => {
    const asked = paths("/a/b", "/a/bc", "/a/b/c", "/a/x")
    expect(await statuses([route("/a/b*"), route("/*", jwt)], asked)).toEqual([200, 401, 200, 401])
    expect(await kindsOf({ consumers, routes: [route("/a/b*")] })).toEqual(["differs routes[0]"])
  })

  it.each([
    ["/users/:id", "/users/*"],
    ["/users/*/orders", "/users/*"],
    ["/users/a;b", "/users/*"],
    ["/users/%41", "/users/*"],
    ["/users/a//b", "/users/a/*"],
    [":id", "/*"],
  ])("where the path is %s: the rule is about its plain beginning, %s", async (uri, path) => {
    const { config } = await fromApisix({ consumers, routes: [route(uri, jwt)] })
    expect(config.rules?.map(({ match }) => match.path)).toEqual([path])
    const open = await fromApisix({ consumers, routes: [route(uri)] })
    expect(open.config.rules).toBeUndefined()
  })

  it("where an open route comes first: the others still hold for paths that can be read in two ways", async () => {
    const asked = [
      { path: "/x", token },
      { path: "//x", token },
    ]
    expect(await statuses([route("/x"), route("/x", only("rose"))], asked)).toEqual([200, 403])
  })

  it.each(["vars", "filter_func", "remote_addr", "remote_addrs"])(
    "where a route matches only some requests, by %s: it is as strict as what the others get",
    async (condition) => {
      const some = { [condition]: "anything" }
      const asked = [{ path: "/a", token }, { path: "/a" }]
      expect(await statuses([route("/a", jwt, some), route("/*", only("rose"))], asked)).toEqual([403, 401])
      expect(await statuses([route("/a", {}, some)], asked)).toEqual([200, 401])
      expect(await statuses([route("/a", {}, some), route("/*", jwt)], asked)).toEqual([200, 401])
      expect(await kindsOf({ consumers, routes: [route("/a", jwt, some)] })).toEqual([
        `lost routes[0].${condition}`,
      ])
    },
  )

  it.each([
    ["/A", "/a"],
    ["/a/", "/a"],
    ["/A/*", "/a/*"],
  ])("where %s and %s are one path here: both have a say", async (one, other) => {
    const path = one.startsWith("/A/") ? "/a/x" : "/a"
    const asked = [
      { path, token },
      { path, token: tokenFor("rose") },
    ]
    const routes = [route(one, only("rose")), route(other, only("jack", "rose"))]
    expect(await statuses(routes, asked)).toEqual([403, 200])
    expect(await statuses(routes.toReversed(), asked)).toEqual([403, 200])
  })

  it("where two layers want a token each, found in two ways: nobody", async () => {
    const routes = [route("/*", { "jwt-auth": { query: "t" } })]
    const global_rules = [{ id: "1", plugins: jwt }]
    expect(await statuses(routes, [{ token }, { path: `/?t=${token}` }], { global_rules })).toEqual([
      403, 403,
    ])
  })
})

describe("a route whose plugin finds or reads tokens in its own way", () => {
  const source = {
    consumers,
    routes: [
      route("/a", jwt),
      route("/b", jwt),
      route("/own", {
        "jwt-auth": { key_claim_name: "sub", query: "t" },
        "consumer-restriction": { whitelist: ["jack"] },
      }),
    ],
  }

  it("has consumers of its own, only those that may call", async () => {
    const by = (username: string) => tokenOf({ sub: `${username}-key` })
    const asked = [
      { path: "/a", token },
      { path: "/own", token },
      { path: "/own", token: by("jack") },
      { path: `/own?t=${by("jack")}` },
      { path: "/own", token: by("rose") },
    ]
    expect(await verdictsOf(source, asked)).toEqual([
      "allow jack",
      "jwt_verification_fails: claim_missing",
      "allow jack",
      "allow jack",
      "jwt_verification_fails: claim_mismatch",
    ])
  })

  it("is told of", async () => {
    expect(await kindsOf(source)).toEqual(["differs routes[2].plugins.jwt-auth"])
  })

  it("has what is wrong with it told of its place in the source", async () => {
    const own = { "jwt-auth": { header: "a b" } }
    const routes = [
      route("/a", jwt),
      route("/b", jwt),
      route("/own", own),
      route("/c", jwt, { methods: ["G ET"] }),
    ]
    expect(await issuesOf({ consumers, routes })).toEqual([
      "routes[2].plugins.jwt-auth.header: is not a header name",
      "routes[3]: is not a method",
    ])
    expect(await issuesOf({ consumers, routes: [route("/a", { "jwt-auth": { realm: '"' } })] })).toEqual([
      "routes[0].plugins.jwt-auth.realm: cannot stand in WWW-Authenticate",
    ])
  })

  it("has one realm with the others, and is told of that", async () => {
    const routes = [route("/a", jwt), route("/b", { "jwt-auth": { realm: "b" } })]
    expect(await kindsOf({ consumers, routes })).toEqual(["differs routes[1].plugins.jwt-auth.realm"])
  })
})

describe("consumer-restriction", () => {
  const both = (path: string, method = "GET") =>
    ["jack", "rose"].map((username) => ({ path, method, token: tokenFor(username) }))
  const restricted = (restriction: object, fields: Fields = {}) => [
    route("/*", { ...jwt, "consumer-restriction": restriction }, fields),
  ]

  it.each<[string, object, readonly number[]]>([
    ["a whitelist", { whitelist: ["jack", "somebody-else"] }, [200, 403]],
    ["a blacklist", { blacklist: ["jack"] }, [403, 200]],
    [
      "both, and the blacklist counts first",
      { blacklist: ["jack"], whitelist: ["jack", "rose"] },
      [403, 200],
    ],
    ["a whitelist of nobody that has a token", { whitelist: ["somebody-else"] }, [403, 403]],
    ["a blacklist of all", { blacklist: ["jack", "rose"] }, [403, 403]],
  ])("with %s", async (_, restriction, expected) => {
    expect(await statuses(restricted(restriction), both("/"))).toEqual(expected)
    expect(
      await verdictsOf({ consumers, plugin: { ...jwt, "consumer-restriction": restriction } }, both("/")),
    ).toHaveLength(2)
  })

  it("by methods: who is not listed may use all, and HEAD is not GET", async () => {
    const routes = restricted({
      allowed_by_methods: [
        { user: "jack", methods: ["GET", "POST"] },
        { user: "jack", methods: ["PUT"] },
      ],
    })
    for (const [method, expected] of [
      ["GET", 200],
      ["POST", 200],
      ["PUT", 403],
      ["DELETE", 403],
      ["HEAD", 403],
    ] as const)
      expect([method, await statuses(routes, both("/", method))]).toEqual([method, [expected, 200]])
  })

  it("by methods, of the only consumer: nobody may use the others", async () => {
    const routes = restricted({ allowed_by_methods: [{ user: "jack", methods: ["POST"] }] })
    const asked = [{ method: "POST", token }, { method: "GET", token }, { method: "GET" }]
    expect(await statuses(routes, asked, { consumers: [jack] })).toEqual([200, 403, 401])
  })

  it("by methods, on a route with methods of its own", async () => {
    const routes = restricted(
      { allowed_by_methods: [{ user: "jack", methods: ["GET"] }] },
      { methods: ["GET", "PUT"] },
    )
    const asked = ["GET", "PUT"].map((method) => ({ method, token }))
    expect(await statuses(routes, asked)).toEqual([200, 403])
    const { config } = await fromApisix({ consumers, routes })
    expect(config.rules?.map(({ match }) => match.method)).toEqual([["GET"], ["PUT"]])
  })

  it("of whitelisted consumers looks at no methods", async () => {
    const routes = restricted({
      whitelist: ["jack"],
      allowed_by_methods: [{ user: "jack", methods: ["POST"] }],
    })
    expect(await statuses(routes, both("/"))).toEqual([200, 403])
  })

  it("by group", async () => {
    const people = [{ ...jack, group_id: "gold" }, rose]
    for (const [list, expected] of [
      [{ whitelist: ["gold"] }, [200, 403]],
      [{ blacklist: ["gold"] }, [403, 403]],
    ] as const) {
      const routes = restricted({ type: "consumer_group_id", ...list })
      expect(await statuses(routes, both("/"), { consumers: people })).toEqual(expected)
    }
  })

  it("by something else is lost", async () => {
    const routes = restricted({ type: "route_id", whitelist: ["1"] })
    expect(await kindsOf({ consumers, routes })).toEqual(["lost routes[0].plugins.consumer-restriction.type"])
  })

  it("without jwt-auth refuses everybody, as there", async () => {
    const routes = [route("/*", { "consumer-restriction": { whitelist: ["jack"] } })]
    expect(await statuses(routes, [{ token }, {}])).toEqual([403, 401])
    const global_rules = [{ id: "1", plugins: { "consumer-restriction": { whitelist: ["jack"] } } }]
    expect(await statuses([route("/*", jwt)], [{ token }], { global_rules })).toEqual([403])
  })

  it.each<[object, string]>([
    [{}, ": has none of whitelist, blacklist and allowed_by_methods"],
    [{ whitelist: "jack" }, ".whitelist: is not a list of texts"],
    [{ allowed_by_methods: {} }, ".allowed_by_methods: is not a list"],
    [{ allowed_by_methods: [{ user: "jack" }] }, ".allowed_by_methods[0]: must have a user and methods"],
  ])("is refused as %j", async (restriction, issue) => {
    const issues = await issuesOf({ consumers, routes: restricted(restriction) })
    expect(issues).toContain(`routes[0].plugins.consumer-restriction${issue}`)
  })

  it("has its answer and its blacklist told of", async () => {
    const routes = restricted({ blacklist: ["jack"], rejected_code: 404, rejected_msg: "no" })
    const path = "routes[0].plugins.consumer-restriction"
    expect(await kindsOf({ consumers, routes })).toEqual([
      `differs ${path}.rejected_code`,
      `differs ${path}.rejected_msg`,
      `differs ${path}.blacklist`,
    ])
  })
})

describe("other plugins of a route", () => {
  it("that decide who may call, or may do so, leave nobody who may, where there is no jwt-auth", async () => {
    for (const name of ["key-auth", "openid-connect", "my-own-plugin"]) {
      expect(await statuses([route("/*", { [name]: {} })], [{ token }, {}])).toEqual([403, 401])
      expect(await kindsOf({ consumers, routes: [route("/*", { [name]: {} })] })).toEqual([
        `lost routes[0].plugins.${name}`,
      ])
    }
    expect(await statuses([route("/*", { "key-auth": { _meta: { disable: true } } })], [{}])).toEqual([200])
    const multi = { "multi-auth": { auth_plugins: [{ "key-auth": {} }] } }
    expect(await statuses([route("/*", multi)], [{ token }, {}])).toEqual([403, 401])
    expect(await statuses([route("/*", {}, { script: "return 1" })], [{ token }, {}])).toEqual([403, 401])
  })

  it("next to jwt-auth are lost", async () => {
    const routes = [route("/*", { ...jwt, "key-auth": {}, "ip-restriction": {}, prometheus: {}, cors: {} })]
    expect(await statuses(routes, [{ token }, {}])).toEqual([200, 401])
    expect(await kindsOf({ consumers, routes })).toEqual([
      "lost routes[0].plugins.key-auth",
      "lost routes[0].plugins.ip-restriction",
      "info routes[0].plugins.prometheus",
      "differs routes[0].plugins.cors",
    ])
  })

  it("that only limit leave an open route open, and are lost", async () => {
    const routes = [route("/*", { "limit-count": {} })]
    expect(await statuses(routes, [{}])).toEqual([200])
    expect(await kindsOf({ consumers, routes })).toEqual(["lost routes[0].plugins.limit-count"])
  })

  it("and fields that nobody knows are lost", async () => {
    expect(
      await kindsOf({ consumers, routes: [route("/*", jwt, { surprise: 1, upstream_id: "1" })] }),
    ).toEqual(["lost routes[0].surprise"])
  })
})

describe("what guards routes is not lost in silence", () => {
  const guarded = { id: "s", plugins: only("rose") }

  it.each([
    [
      "routes inside a service",
      { services: [{ ...guarded, routes: [{ uri: "/*" }] }], routes: [] },
      "services[0].routes",
    ],
    [
      "a field of a plugin config",
      { plugin_configs: [{ ...guarded, foo: 1 }], routes: [] },
      "plugin_configs[0].foo",
    ],
    [
      "a field of a global rule",
      { global_rules: [{ id: 1, plugins: {}, foo: 1 }], routes: [] },
      "global_rules[0].foo",
    ],
    ["a service, where there are no routes", { services: [guarded] }, "services[0].plugins"],
  ])("%s", async (_, source, path) => {
    expect(await kindsOf({ consumers, ...source })).toContain(`lost ${path}`)
  })
})

describe("what would open a guarded route is refused", () => {
  const guarded = { id: "s", plugins: only("rose") }

  it.each<[string, object, string]>([
    [
      "a plugin that is null",
      { routes: [{ uri: "/*", plugins: { "jwt-auth": null } }] },
      "routes[0].plugins.jwt-auth: is empty",
    ],
    [
      "a null plugin of a global rule",
      { global_rules: [{ id: 1, plugins: { "jwt-auth": null } }], routes: [] },
      "global_rules[0].plugins.jwt-auth: is empty",
    ],
    ["a route without hosts", { routes: [route("/*", jwt, { hosts: [] })] }, "routes[0].hosts: is empty"],
    [
      "a service without hosts",
      { services: [{ ...guarded, hosts: [] }], routes: [route("/*", {}, { service_id: "s" })] },
      "services[0].hosts: is empty",
    ],
    [
      "a whitelist of nobody",
      { routes: [route("/*", { ...jwt, "consumer-restriction": { whitelist: [] } })] },
      "routes[0].plugins.consumer-restriction.whitelist: is empty",
    ],
    [
      "a service id that is a list",
      { services: [guarded], routes: [route("/*", {}, { service_id: ["s"] })] },
      "routes[0].service_id: is not an id",
    ],
    [
      "two services of one id",
      { services: [guarded, { id: "s" }], routes: [] },
      "services[1]: has the id of another",
    ],
    [
      "a page of the admin API's answer",
      { routes: { total: 2, list: [{ value: route("/*", {}) }] } },
      "routes: has 1 of 2",
    ],
    ["plugins of nothing", { plugins: only("rose") }, "plugins: belongs to something that is not named"],
  ])("%s", async (_, source, issue) => {
    expect(await issuesOf({ consumers, ...source })).toContain(issue)
  })

  it("several ways to say who is calling, besides jwt-auth, are lost", async () => {
    const plugins = { ...jwt, "multi-auth": { auth_plugins: [{ "basic-auth": {} }, { "key-auth": {} }] } }
    expect(await kindsOf({ consumers, routes: [route("/*", plugins)] })).toContain(
      "lost routes[0].plugins.multi-auth",
    )
  })
})

describe("a route takes from elsewhere", () => {
  const layers = {
    services: [{ id: "s", plugins: only("rose"), hosts: ["x.com"] }],
    plugin_configs: { list: [{ value: { id: 5, plugins: only("jack") } }] },
  }

  it("the plugins and hosts of its service", async () => {
    const asked = [
      { host: "x.com", token },
      { host: "y.com", token },
    ]
    expect(await statuses([route("/*", {}, { service_id: "s" })], asked, layers)).toEqual([403, 200])
  })

  it("the plugins of its plugin config before those of its service, and its own before all", async () => {
    const more = { service_id: "s", plugin_config_id: "5" }
    expect(await statuses([route("/*", {}, more)], [{ host: "x.com", token }], layers)).toEqual([200])
    const own = route("/*", { "consumer-restriction": { blacklist: ["jack"] } }, more)
    expect(await statuses([own], [{ host: "x.com", token }], layers)).toEqual([403])
  })

  it("what is not in the source: a token is required, and the loss is told", async () => {
    const routes = [route("/*", {}, { service_id: "gone" })]
    expect(await statuses(routes, [{ token }, {}])).toEqual([200, 401])
    expect(await kindsOf({ consumers, routes })).toEqual(["lost routes[0].service_id"])
  })

  it("what the plugin says by itself, unless it says otherwise", async () => {
    const routes = [route("/a"), route("/b", { "jwt-auth": { _meta: { disable: true } } })]
    expect(await statuses(routes, paths("/a", "/b"), { plugin: {} })).toEqual([401, 200])
  })

  it("what global rules say, besides its own", async () => {
    const global_rules = [{ id: "1", plugins: only("jack") }]
    const asked = [{ token }, { token: tokenFor("rose") }, {}]
    expect(await statuses([route("/*")], asked, { global_rules })).toEqual([200, 403, 401])
    expect(await statuses([route("/*", only("rose"))], asked, { global_rules })).toEqual([403, 403, 401])
    const key = [{ id: "1", plugins: { "key-auth": {} } }]
    expect(await statuses([route("/*", jwt)], asked, { global_rules: key })).toEqual([403, 403, 401])
  })

  it("what global rules say, also where there are no routes", async () => {
    const verdicts = await verdictsOf({ consumers, global_rules: [{ id: "1", plugins: only("rose") }] }, [
      { token },
    ])
    expect(verdicts).toEqual([expect.stringMatching(/^access_denied/)])
  })
})
