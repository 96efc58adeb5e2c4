import { describe, expect, it } from "vitest"
import { type ApisixSource, fromApisix } from "../../src/import/apisix/from-apisix.js"
import {
  consumer,
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

const jwtAuth = { key: "jack-key", secret }
const plugins = { "jwt-auth": jwtAuth }

describe("a consumer is read from", () => {
  it.each<[string, unknown]>([
    ["a list, as in apisix.yaml", [{ username: "jack", plugins }]],
    ["one object, as it was put", { username: "jack", plugins }],
    ["a map by username", { jack: { plugins } }],
    [
      "what the admin API answers for one",
      { key: "/apisix/consumers/jack", value: { username: "jack", plugins } },
    ],
    [
      "what the admin API answers for all",
      {
        total: 1,
        list: [{ key: "/apisix/consumers/jack", value: { username: "jack", plugins, create_time: 1 } }],
      },
    ],
    ["a list without plugins around", [{ username: "jack", "jwt-auth": jwtAuth }]],
  ])("%s", async (_, consumers) => {
    expect(await verdictsOf({ consumers }, [{ token: tokenFor("jack") }])).toEqual(["allow jack"])
  })
})

describe("a credential is read from", () => {
  const person = { username: "jack" }
  const one = { id: "one", plugins }
  it.each<[string, ApisixSource]>([
    ["the consumer", { consumers: [{ ...person, credentials: [one] }] }],
    [
      "the list of the admin API",
      {
        consumers: [person],
        credentials: { total: 1, list: [{ key: "/apisix/consumers/jack/credentials/one", value: one }] },
      },
    ],
    [
      "one answer of the admin API",
      { consumers: [person], credentials: { key: "/apisix/consumers/jack/credentials/one", value: one } },
    ],
    ["a map by username", { consumers: [person], credentials: { jack: [one] } }],
    [
      "a map by username of what the admin API answers",
      { consumers: [person], credentials: { jack: { total: 1, list: [{ value: one }] } } },
    ],
    ["the consumers, as in apisix.yaml", { consumers: [person, { id: "jack/credentials/one", plugins }] }],
  ])("%s", async (_, source) => {
    expect(await verdictsOf(source, [{ token: tokenFor("jack") }])).toEqual(["allow jack"])
  })

  it("nowhere, when nobody can tell whose it is", async () => {
    expect(await issuesOf({ consumers: [person], credentials: [one] })).toEqual([
      "credentials[0]: does not say whose credential it is",
    ])
  })

  it("nowhere, when its consumer is not there", async () => {
    expect(await issuesOf({ consumers: [person], credentials: { rose: [one] } })).toEqual([
      'credentials.rose[0].plugins.jwt-auth: belongs to "rose", who is not among the consumers',
    ])
  })
})

describe("several credentials of one consumer", () => {
  const source = {
    consumers: [
      {
        username: "jack",
        plugins,
        credentials: [
          { id: "two", "jwt-auth": { key: "second", secret } },
          { "jwt-auth": { key: "third", secret } },
        ],
      },
      rose,
    ],
    plugin: { "jwt-auth": {}, "consumer-restriction": { whitelist: ["jack"] } },
  }

  it("become consumers with names of their own, and every one is let through where jack is", async () => {
    const tokens = ["jack-key", "second", "third", "rose-key"].map((key) => ({ token: tokenOf({ key }) }))
    expect(await verdictsOf(source, tokens)).toEqual([
      "allow jack",
      "allow jack-two",
      "allow jack-3",
      expect.stringMatching(/^access_denied: .*consumer_not_allowed$/),
    ])
  })

  it("are told of", async () => {
    const imported = await fromApisix(source)
    expect(notesAt(imported, "consumers[0].credentials[0].jwt-auth")).toEqual([
      expect.objectContaining({ kind: "differs", here: expect.stringContaining('"jack-two"') }),
    ])
  })

  it("take no name that a consumer has", async () => {
    const other = consumer("jack-two")
    const { config } = await fromApisix({ ...source, consumers: [...source.consumers, other] })
    const names = config.consumers.map(({ name }) => name)
    expect(names).toEqual(["jack", "jack-two-2", "jack-3", "rose", "jack-two"])
  })
})

describe("a secret", () => {
  it("is the UTF-8 of its text", async () => {
    const text = "sécret, längër than thirty-two bytes"
    const consumers = [consumer("jack", { secret: text })]
    const token = tokenOf({ key: "jack-key" }, "HS256", Buffer.from(text))
    expect(await verdictsOf({ consumers }, [{ token }])).toEqual(["allow jack"])
  })

  it.each(["", "="])("in base64 is the bytes, with padding or without", async (padding) => {
    const bytes = Buffer.from(secret.slice(0, 65))
    const text = bytes.toString("base64").replace(/=+$/, padding)
    const consumers = [consumer("jack", { secret: text, base64_secret: true })]
    const token = tokenOf({ key: "jack-key" }, "HS256", bytes)
    expect(await verdictsOf({ consumers }, [{ token }])).toEqual(["allow jack"])
  })

  it.each(["not base64 at all", "YWJj-_8=", "YWJjZ", " YWJj"])("%j is not base64", async (text) => {
    const consumers = [consumer("jack", { secret: text, base64_secret: true })]
    expect(await issuesOf({ consumers })).toEqual([
      'consumers[0].plugins.jwt-auth.secret: is not standard base64, which base64_secret: true says it is (consumer "jack")',
    ])
  })

  it.each(["$secret://vault/1/jack/secret", "$env://JACK", "$ENV://JACK", ["$", "{{JACK}}"].join("")])(
    "%s is a reference, and what it stands for is not in the document",
    async (reference) => {
      const consumers = [consumer("jack", { secret: reference })]
      expect(await issuesOf({ consumers })).toEqual([
        "consumers[0].plugins.jwt-auth.secret: is a reference, and what it stands for is not in the document",
      ])
    },
  )

  it("that is too weak is told of for each consumer, with the option that accepts it", async () => {
    const consumers = [
      consumer("jack", { secret: "short" }),
      rose,
      consumer("anna", { secret: secret.slice(0, 63), algorithm: "HS512" }),
    ]
    const thrown = await fromApisix({ consumers }).catch(String)
    expect(thrown).toContain('consumers[0].plugins.jwt-auth.secret: of consumer "jack" is too weak: 40 bits')
    expect(thrown).toContain('consumers[2].plugins.jwt-auth.secret: of consumer "anna" is too weak: 504 bits')
    expect(thrown).toContain("allowWeakHmac: true")
    expect(thrown).not.toContain("rose")
    expect(thrown).not.toContain("short")
  })

  it("that is too weak is accepted when asked for, of these consumers and no others", async () => {
    const consumers = [consumer("jack", { secret: "short" }), rose]
    const imported = await fromApisix({ consumers }, { allowWeakHmac: true })
    expect(imported.config.consumers.map(({ allow_weak_hmac }) => allow_weak_hmac)).toEqual([true, undefined])
    expect(notesAt(imported, "consumers[0].plugins.jwt-auth.secret")).toHaveLength(1)
    expect(notesAt(imported, "consumers[1].plugins.jwt-auth.secret")).toEqual([])
    const token = tokenOf({ key: "jack-key" }, "HS256", "short")
    expect(await verdictsOf({ consumers }, [{ token }], { allowWeakHmac: true })).toEqual(["allow jack"])
  })

  it("that is a public key would let everybody sign", async () => {
    const pem = `-----BEGIN PUBLIC KEY-----\n${"A".repeat(64)}\n-----END PUBLIC KEY-----`
    const [issue] = await issuesOf({ consumers: [consumer("jack", { secret: pem })] })
    expect(issue).toContain("is a PEM text used as a secret")
  })
})

describe("a consumer cannot be imported", () => {
  it.each<[string, object, string]>([
    ["without a key", { key: undefined }, '.key: is required, for consumer "jack"'],
    ["without a secret", { secret: undefined }, '.secret: is required, for consumer "jack"'],
    ["without a public key", { algorithm: "RS256" }, '.public_key: is required, for consumer "jack"'],
    ["with an empty secret", { secret: "" }, ".secret: is not a text that is not empty"],
    ["with a key that is a number", { key: 123 }, ".key: is not a text that is not empty"],
    [
      "with an algorithm that nobody has",
      { algorithm: "none" },
      ".algorithm: is not an algorithm of jwt-auth",
    ],
    [
      "with a leeway that is no number",
      { lifetime_grace_period: "60" },
      ".lifetime_grace_period: is not a whole number that is not negative",
    ],
    [
      "with a negative leeway",
      { lifetime_grace_period: -1 },
      ".lifetime_grace_period: is not a whole number that is not negative",
    ],
    ["with a flag that is a text", { base64_secret: "false" }, ".base64_secret: is not true or false"],
  ])("%s", async (_, fields, issue) => {
    expect(await issuesOf({ consumers: [consumer("jack", fields)] })).toEqual([
      `consumers[0].plugins.jwt-auth${issue}`,
    ])
  })

  it("whose key another one has: the gateway would take the one that it loaded last", async () => {
    const consumers = [jack, consumer("rose", { key: "jack-key" })]
    expect(await issuesOf({ consumers })).toEqual([
      "consumers[1].plugins.jwt-auth.key: is the key of consumers[0].plugins.jwt-auth too",
    ])
  })

  it("that is there twice", async () => {
    expect(await issuesOf({ consumers: [jack, jack] })).toContain('consumers[1]: "jack" is there twice')
  })

  it.each(["jack smith", "jack@x", ""])("under the name %j", async (username) => {
    const issues = await issuesOf({ consumers: [{ username, plugins }] })
    expect(issues).toContain("consumers[0].username: is not a username")
  })

  it.each([[42], ["jack"], [[["jack"]]]])("from %j", async (consumers) => {
    expect((await issuesOf({ consumers }))[0]).toContain("is not an object")
  })

  it("and everything that is wrong is told at once, with no secret in it", async () => {
    const consumers = [
      consumer("jack", { key: 1 }),
      consumer("rose", { algorithm: "XS256" }),
      consumer("anna", { secret: "hush" }),
    ]
    const issues = await issuesOf({ consumers, plugin: { header: 1, realm: 'a "quoted" one' } })
    expect(issues.map((issue) => issue.split(": ")[0])).toEqual([
      "consumers[0].plugins.jwt-auth.key",
      "consumers[1].plugins.jwt-auth.algorithm",
      "consumers[2].plugins.jwt-auth.secret",
      "plugin.header",
      "plugin.realm",
    ])
    expect(issues.join()).not.toContain("hush")
  })
})

describe("what else a consumer has", () => {
  it("is told of: lost when it may restrict, and otherwise not", async () => {
    const source = {
      username: "jack",
      group_id: "gold",
      desc: "a customer",
      surprise: 1,
      plugins: {
        "jwt-auth": { ...jwtAuth, exp: 60, private_key: "x", public_key: "y", issuer: "me" },
        "limit-count": {},
        "key-auth": {},
        prometheus: {},
      },
    }
    expect(await kindsOf({ consumers: [source] })).toEqual([
      "lost consumers[0].surprise",
      "lost consumers[0].group_id",
      "lost consumers[0].plugins.limit-count",
      "differs consumers[0].plugins.key-auth",
      "info consumers[0].plugins.prometheus",
      "lost consumers[0].plugins.jwt-auth.issuer",
      "info consumers[0].plugins.jwt-auth.exp",
      "info consumers[0].plugins.jwt-auth.private_key",
      "info consumers[0].plugins.jwt-auth.public_key",
    ])
  })
})

describe("without any consumer that has jwt-auth", () => {
  const consumers = [{ username: "jack", plugins: { "key-auth": { key: "x" } } }]

  it("every token is refused, also one that claims to be nobody's", async () => {
    const tokens = [{ key: "jack-key" }, { exp: "never" }, {}].map((claims) => ({ token: tokenOf(claims) }))
    const verdicts = await verdictsOf({ consumers }, [...tokens, {}])
    expect(verdicts.map((verdict) => verdict.split(":")[0])).toEqual([
      "jwt_verification_fails",
      "jwt_verification_fails",
      "jwt_verification_fails",
      "jwt_missing",
    ])
  })

  it("a note says so", async () => {
    expect(await kindsOf({ consumers })).toContain("differs consumers")
  })
})
