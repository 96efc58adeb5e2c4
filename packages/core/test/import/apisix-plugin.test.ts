import { describe, expect, it } from "vitest"
import { fromApisix } from "../../src/import/apisix/from-apisix.js"
import { now } from "../keyring.js"
import {
  issuesOf,
  jack,
  kindsOf,
  notesAt,
  rose,
  secret,
  tokenFor,
  tokenOf,
  verdictsOf,
} from "./apisix-source.js"

const consumers = [jack]
const token = tokenFor("jack")

describe("a token is looked for where the plugin says", () => {
  it.each<[string, object, object, string]>([
    ["in Authorization with Bearer", {}, { headers: { authorization: `Bearer ${token}` } }, "allow jack"],
    ["in Authorization by itself", {}, { headers: { authorization: token } }, "allow jack"],
    ["in the parameter jwt", {}, { path: `/?jwt=${token}` }, "allow jack"],
    ["in the cookie jwt", {}, { headers: { cookie: `jwt=${token}` } }, "allow jack"],
    ["in another header", { header: "X-Token" }, { headers: { "x-token": token } }, "allow jack"],
    ["in another parameter", { query: "token" }, { path: `/?token=${token}` }, "allow jack"],
    ["in another cookie", { cookie: "session" }, { headers: { cookie: `session=${token}` } }, "allow jack"],
    [
      "and not where it no longer says",
      { header: "X-Token" },
      { headers: { authorization: `Bearer ${token}` } },
      "jwt_missing: token_missing",
    ],
    [
      "in the header before the parameter",
      {},
      { headers: { authorization: "Basic eDp5" }, path: `/?jwt=${token}` },
      "jwt_verification_fails: token_malformed",
    ],
    [
      "in the parameter before the cookie",
      {},
      { headers: { cookie: `jwt=${token}` }, path: "/?jwt=bad" },
      "jwt_verification_fails: token_malformed",
    ],
  ])("%s", async (_, plugin, request, verdict) => {
    expect(await verdictsOf({ consumers, plugin }, [request])).toEqual([verdict])
  })

  it("and taken away when credentials are to be hidden", async () => {
    const kept = await fromApisix({ consumers })
    const hidden = await fromApisix({ consumers, plugin: { hide_credentials: true } })
    expect(kept.config.consumers.map(({ keep_token }) => keep_token)).toEqual([undefined])
    expect(hidden.config.consumers.map(({ keep_token }) => keep_token)).toEqual([false])
  })
})

describe("the times of a token", () => {
  const at = (claims: object) => ({ token: tokenOf({ key: "jack-key", ...claims }) })
  const asked = [{}, { exp: now }, { exp: now + 1 }, { nbf: now + 1 }, { nbf: now - 1 }].map(at)
  const usual = [
    "allow jack",
    "jwt_expired: expired",
    "allow jack",
    "jwt_verification_fails: not_yet_valid",
    "allow jack",
  ]

  it.each<[string, object, readonly string[]]>([
    ["nothing is listed", {}, usual],
    ["the list is empty", { claims_to_verify: [] }, usual],
    [
      "exp is required",
      { claims_to_verify: ["exp"] },
      [
        "jwt_verification_fails: exp_missing",
        "jwt_expired: expired",
        "allow jack",
        "jwt_verification_fails: exp_missing",
        "jwt_verification_fails: exp_missing",
      ],
    ],
    ["nbf is listed alone", { claims_to_verify: ["nbf"] }, usual],
  ])("are checked with no leeway when %s", async (_, plugin, verdicts) => {
    expect(await verdictsOf({ consumers, plugin }, asked)).toEqual(verdicts)
  })

  it("are checked with the leeway of the consumer", async () => {
    const patient = [
      { username: "jack", plugins: { "jwt-auth": { key: "jack-key", secret, lifetime_grace_period: 10 } } },
    ]
    const times = [{ exp: now - 9 }, { exp: now - 10 }, { nbf: now + 10 }, { nbf: now + 11 }].map(at)
    expect(await verdictsOf({ consumers: patient }, times)).toEqual([
      "allow jack",
      "jwt_expired: expired",
      "allow jack",
      "jwt_verification_fails: not_yet_valid",
    ])
  })

  it.each<[readonly string[], readonly string[]]>([
    [["exp"], ["info", "differs"]],
    [["nbf"], ["lost", "differs"]],
    [
      ["exp", "nbf"],
      ["info", "lost"],
    ],
    [[], []],
  ])("that the list %j asks for are told of", async (claims_to_verify, kinds) => {
    const notes = notesAt(
      await fromApisix({ consumers, plugin: { claims_to_verify } }),
      "plugin.claims_to_verify",
    )
    expect(notes.map(({ kind }) => kind)).toEqual(kinds)
  })
})

describe("the plugin", () => {
  it("gives the realm, and jwt by default", async () => {
    expect((await fromApisix({ consumers })).config.realm).toBe("jwt")
    expect((await fromApisix({ consumers, plugin: { realm: "api" } })).config.realm).toBe("api")
  })

  it("has its consumers' names forwarded in the gateway's header", async () => {
    expect((await fromApisix({ consumers })).config.consumer_header).toBe("X-Consumer-Username")
  })

  it.each<[string, unknown]>([
    ["the config of jwt-auth", { query: "t" }],
    ["plugins by name", { "jwt-auth": { query: "t" } }],
    ["an object that has plugins", { plugins: { "jwt-auth": { query: "t" } } }],
    [
      "what the admin API answers",
      { key: "/apisix/plugin_configs/1", value: { plugins: { "jwt-auth": { query: "t" } } } },
    ],
    [
      "one of several ways in multi-auth",
      { "multi-auth": { auth_plugins: [{ "key-auth": {} }, { "jwt-auth": { query: "t" } }] } },
    ],
  ])("may be given as %s", async (_, plugin) => {
    expect(await verdictsOf({ consumers, plugin }, [{ path: `/?t=${token}` }])).toEqual(["allow jack"])
  })

  it("that is switched off asks for nothing", async () => {
    expect(await verdictsOf({ consumers, plugin: { _meta: { disable: true } } }, [{}])).toEqual(["pass"])
  })

  it("has the rest of it told of", async () => {
    const plugin = {
      secret: "x",
      store_in_ctx: true,
      issuer: "me",
      _meta: { filter: [], error_response: {}, priority: 1, pre_function: "" },
    }
    expect(await kindsOf({ consumers, plugin })).toEqual([
      "lost plugin._meta.filter",
      "differs plugin._meta.error_response",
      "differs plugin._meta.priority",
      "lost plugin._meta.pre_function",
      "lost plugin.issuer",
      "info plugin.secret",
      "info plugin.store_in_ctx",
    ])
  })

  it("in multi-auth is one way of several there, and the only one here", async () => {
    const plugin = { "multi-auth": { auth_plugins: [{ "key-auth": {} }, { "jwt-auth": {} }] } }
    expect(await kindsOf({ consumers, plugin })).toEqual(["differs plugin.multi-auth.auth_plugins"])
  })

  it.each<[string, unknown, string]>([
    ["a list", [], "plugin: is not an object"],
    ["a header that cannot be one", { header: "a b" }, "plugin.header: is not a header name"],
    ["a cookie that cannot be one", { cookie: "a b" }, "plugin.cookie: is not a cookie name"],
    ["a realm that cannot be one", { realm: '"' }, "plugin.realm: cannot stand in WWW-Authenticate"],
    [
      "a claim that the schema does not know",
      { claims_to_verify: ["iat"] },
      "plugin.claims_to_verify: may hold exp and nbf only",
    ],
    ["a text for a flag", { hide_credentials: "true" }, "plugin.hide_credentials: is not true or false"],
    [
      "a number for a claim's name",
      { key_claim_name: 1 },
      "plugin.key_claim_name: is not a text that is not empty",
    ],
  ])("is refused as %s", async (_, plugin, issue) => {
    expect(await issuesOf({ consumers: [jack, rose], plugin })).toEqual([issue])
  })
})

describe("an anonymous consumer", () => {
  const people = [jack, { username: "guest" }]
  const plugin = { anonymous_consumer: "guest" }

  it("lets requests without a token pass, and none with a bad one", async () => {
    const asked = [{}, { token }, { token: "bad" }]
    expect(await verdictsOf({ consumers: people, plugin }, asked)).toEqual([
      "pass",
      "allow jack",
      "jwt_verification_fails: token_malformed",
    ])
    expect(await kindsOf({ consumers: people, plugin })).toEqual(["differs plugin.anonymous_consumer"])
  })

  it("that is not there lets nobody pass, as there", async () => {
    expect(await verdictsOf({ consumers, plugin }, [{}])).toEqual(["jwt_missing: token_missing"])
    expect(await kindsOf({ consumers, plugin })).toEqual(["info plugin.anonymous_consumer"])
  })

  it("is subject to consumer-restriction", async () => {
    const restricted = (list: object) => ({ "jwt-auth": plugin, "consumer-restriction": list })
    for (const list of [{ whitelist: ["jack"] }, { blacklist: ["guest"] }]) {
      const source = { consumers: people, plugin: restricted(list) }
      expect(await verdictsOf(source, [{}, { token }])).toEqual(["jwt_missing: token_missing", "allow jack"])
    }
    const source = { consumers: people, plugin: restricted({ whitelist: ["guest"] }) }
    const verdicts = await verdictsOf(source, [{}, { token }])
    expect(verdicts).toEqual(["pass", expect.stringMatching(/^access_denied/)])
  })
})

describe("a source", () => {
  it.each([undefined, null, 1, "x", []])("that is %j is refused", async (source) => {
    expect(await issuesOf(source as never)).toEqual([": is not an object"])
  })

  it("of apisix.yaml may have everything else that is in there, told of where it may restrict", async () => {
    const rest = { upstreams: [], ssls: [], stream_routes: [], plugin_metadata: [] }
    expect(await kindsOf({ consumers, ...rest })).toEqual(["lost stream_routes"])
  })

  it("has claims to recognise consumers by whatever key_claim_name says, also a name that objects have already", async () => {
    for (const key_claim_name of ["sub", "constructor", "toString"]) {
      const claims = Object.fromEntries([[key_claim_name, "jack-key"]])
      const source = { consumers, plugin: { key_claim_name } }
      expect(await verdictsOf(source, [{ token: tokenOf(claims) }])).toEqual(["allow jack"])
    }
  })

  it("gives standing notes, each once", async () => {
    const { notes } = await fromApisix({ consumers: [jack, rose] })
    expect(notes).toHaveLength(6)
    expect(new Set(notes.map(({ there }) => there)).size).toBe(6)
  })
})
