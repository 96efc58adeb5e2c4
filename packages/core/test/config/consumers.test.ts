import { describe, expect, it } from "vitest"
import { consumerWith, documentWith, errorsOf, jwksOf, secretOf, warningsOf, withRules } from "./documents.js"

describe("a consumer's name", () => {
  it("that is taken is named, together with who has it", () => {
    const consumers = [consumerWith(), consumerWith({ name: "b" }), consumerWith(), consumerWith()]
    const error = (i: number) => ({
      path: `consumers[${i}].name`,
      message: '"web" is already the name of consumers[0]',
      fix: "Give every consumer a name of its own.",
    })
    expect(errorsOf({ consumers })).toEqual([error(2), error(3)])
  })

  it("that differs in case is another name", () => {
    expect(errorsOf({ consumers: [consumerWith(), consumerWith({ name: "Web" })] })).toEqual([])
  })

  it("that is taken within the same rule is an error there", () => {
    const local = [consumerWith({ name: "a" }), consumerWith({ name: "a" })]
    expect(errorsOf(withRules({ match: {}, consumers: local }))).toMatchObject([
      { path: "rules[0].consumers[1].name", message: '"a" is already the name of rules[0].consumers[0]' },
    ])
  })

  it("of a global consumer in a rule's own list is a warning: downstream code cannot tell them apart", () => {
    const document = withRules({ match: {}, consumers: [consumerWith({ name: "partner" })] })
    expect(errorsOf(document)).toEqual([])
    expect(warningsOf(document)).toEqual([
      {
        path: "rules[0].consumers[0].name",
        message: '"partner" is a global consumer too, and downstream code cannot tell them apart',
        fix: "Use another name, unless both are the same caller.",
      },
    ])
  })

  it("may be used in two rules: one request never meets both", () => {
    const local = (path: string) => ({ match: { path }, consumers: [consumerWith({ name: "local" })] })
    const document = withRules(local("/a"), local("/b"))
    expect([...errorsOf(document), ...warningsOf(document)]).toEqual([])
  })
})

describe("a consumer is recognised by something", () => {
  it.each([
    ["neither issuer nor claims", {}],
    ["empty claims", { claims: {} }],
  ])("with %s it would take every token of its key", (_, fields) => {
    expect(errorsOf(documentWith({ issuer: undefined, ...fields }))).toEqual([
      {
        path: "consumers[0]",
        message: "has neither issuer nor claims to recognise its tokens by",
        fix: "Add issuer: the exact iss of its tokens; or claims: { name: value }.",
      },
    ])
  })

  it("claims.iss that contradicts the issuer can match no token", () => {
    expect(errorsOf(documentWith({ issuer: "a", claims: { iss: "b" } }))).toEqual([
      {
        path: "consumers[0].claims.iss",
        message: "is not the same as issuer, so no token can match",
        fix: "Remove one of the two.",
      },
    ])
  })

  it.each([
    ["an issuer", { issuer: "a" }],
    ["claims alone", { issuer: undefined, claims: { tenant: "a" } }],
    ["both, saying the same", { issuer: "a", claims: { iss: "a" } }],
  ])("%s will do", (_, fields) => {
    expect(errorsOf(documentWith(fields))).toEqual([])
  })
})

describe("a consumer has a place for its token", () => {
  const error = {
    path: "consumers[0]",
    message: "has no place where a token may stand",
    fix: "Leave from_headers, from_params and from_cookies out for the defaults, or list a place.",
  }

  it.each([
    [{ from_headers: [] }],
    [{ from_params: [] }],
    [{ from_headers: [], from_params: [], from_cookies: [] }],
  ])("%o leaves none", (places) => {
    expect(errorsOf(documentWith(places))).toEqual([error])
  })

  it.each([
    [{}],
    [{ from_headers: [], from_params: ["token"] }],
    [{ from_params: [], from_cookies: ["session"] }],
  ])("%o leaves one", (places) => {
    expect(errorsOf(documentWith(places))).toEqual([])
  })
})

describe("headers that this library writes", () => {
  const forwards = (...headers: readonly (readonly [header: string, override?: boolean])[]) => ({
    claims_to_headers: headers.map(([header, override], i) => ({
      claim: `c${i}`,
      header,
      ...(override !== undefined && { override }),
    })),
  })
  const reserved = (header: string) => ({
    message: `"${header}" has a meaning of its own in HTTP`,
    fix: "Choose a header that only your code reads, such as X-User-Id.",
  })

  it.each([
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "connection",
    "Upgrade",
    "TE",
    "Trailer",
    "Keep-Alive",
    "Expect",
    "Proxy-Authorization",
    "AUTHORIZATION",
    "Cookie",
  ])("are never %s, by a claim or by consumer_header", (header) => {
    const path = "consumers[0].claims_to_headers[0].header"
    expect(errorsOf(documentWith(forwards([header])))).toEqual([{ path, ...reserved(header) }])
    expect(errorsOf(documentWith({}, { consumer_header: header }))).toEqual([
      { path: "consumer_header", ...reserved(header) },
    ])
  })

  it.each([
    ["x-mse-consumer", {}],
    ["X-Who", { consumer_header: "x-who" }],
  ])("carry no claim where the consumer's name goes: %s", (header, fields) => {
    expect(errorsOf(documentWith(forwards([header]), fields))).toEqual([
      {
        path: "consumers[0].claims_to_headers[0].header",
        message: "is the header that carries the consumer's name",
        fix: "Choose another header, or another consumer_header.",
      },
    ])
  })

  it.each([
    ["both override", forwards(["X-A"], ["x-a"])],
    ["the second overrides", forwards(["X-A", false], ["x-a", true])],
    ["the first overrides", forwards(["X-A", true], ["x-a", false])],
  ])("are not set twice by one consumer: %s", (_, fields) => {
    expect(errorsOf(documentWith(fields))).toEqual([
      {
        path: "consumers[0].claims_to_headers[1].header",
        message: '"x-a" is set twice, and one would overwrite the other',
        fix: "Give each claim a header of its own.",
      },
    ])
  })

  it("may be appended to twice", () => {
    expect(errorsOf(documentWith(forwards(["X-A", false], ["X-A", false])))).toEqual([])
  })

  it("may be set by two consumers: one request has one", () => {
    const fields = forwards(["X-A"])
    expect(errorsOf({ consumers: [consumerWith(fields), consumerWith({ name: "b", ...fields })] })).toEqual(
      [],
    )
  })
})

describe("a rule's own consumers are checked like the global ones", () => {
  it("with their paths below the rule", () => {
    const local = consumerWith({
      name: "local",
      issuer: undefined,
      from_params: [],
      claims_to_headers: [{ claim: "a", header: "X-Mse-Consumer" }],
      jwks: jwksOf({ kty: "oct", k: secretOf(8) }),
    })
    const at = "rules[1].consumers[0]"
    expect(
      errorsOf(withRules({ match: { path: "/a" }, allow: "any" }, { match: {}, consumers: [local] })).map(
        ({ path }) => path,
      ),
    ).toEqual([at, at, `${at}.claims_to_headers[0].header`, `${at}.jwks.keys[0].k`])
  })
})
