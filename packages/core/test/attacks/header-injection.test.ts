import { describe, expect, it } from "vitest"
import { checkConfig, denialResponse, type JwtAuthConfig } from "../../src/index.js"
import { bearer, consumer, gate, issuer, mintKey, now, request, seenDownstream, sign } from "../keyring.js"

const key = await mintKey("ES256")

const controls = {
  "CR LF": "\r\n",
  CR: "\r",
  LF: "\n",
  NUL: "\0",
  tab: "\t",
  "vertical tab": "\v",
  backspace: "\b",
  escape: "\x1b",
  "unit separator": "\x1f",
  delete: "\x7f",
  "next line (C1)": "\x85",
  "first C1": "\x80",
  "last C1": "\x9f",
}

/** What downstream sees in x-claim for this value of the claim, when the client had sent a copy of its own. */
async function forwarded(value: unknown, override = true): Promise<string | null> {
  const door = gate(consumer(key, { claims_to_headers: [{ claim: "nick", header: "X-Claim", override }] }))
  const payload =
    typeof value === "string" && value.startsWith("raw:") ? value.slice(4) : JSON.stringify(value)
  const token = await sign(key, { payload: `{"iss":"${issuer}","exp":${now + 60},"nick":${payload}}` })
  const decision = await door.decide(bearer(token))
  expect(decision.outcome).toBe("allow")
  return seenDownstream(decision, { "X-Claim": "client" }).get("x-claim")
}

describe("a claim that would break out of its header (RFC 9110 §5.5)", () => {
  it.each(Object.entries(controls))(
    "is left out, and the client's copy with it: %s",
    async (_name, character) => {
      for (const value of [`a${character}X-Admin: 1`, `a${character}`, `${character}a`, character]) {
        expect(await forwarded(value)).toBeNull()
        expect(await forwarded(value, false)).toBe("client")
      }
      expect(await forwarded("alice")).toBe("alice")
      expect(await forwarded("alice", false)).toBe("client, alice")
    },
  )

  it("is left out when it is no string and no unsigned integer", async () => {
    const values: unknown[] = [
      null,
      true,
      false,
      [],
      ["alice"],
      {},
      { toString: "alice" },
      -1,
      1.5,
      1e21,
      "raw:1e400",
    ]
    for (const value of values) expect(await forwarded(value)).toBeNull()
    expect(await forwarded("raw:9007199254740993")).toBeNull()
    expect(await forwarded(0)).toBe("0")
    expect(await forwarded("raw:1e3")).toBe("1000")
  })

  it("in any other script is bytes, of which none is a control of ASCII", async () => {
    for (const value of ["Zoë", "\u2028", "\u0100\u010a\u010d", "嘊嘍X-Admin: 1", "😀", "\u200b", "\ufeff"]) {
      const seen = await forwarded(value)
      expect(Buffer.from(seen ?? "", "latin1").toString("utf8")).toBe(value)
      expect(seen).not.toMatch(/[\0-\x1f\x7f]/)
    }
  })

  // HTTP strips white space around a value (RFC 9110 §5.5): "alice " would arrive as "alice", who is somebody else.
  it("is left out when white space around it would be lost, and one user become another", async () => {
    for (const value of [" alice", "alice ", "  ", " "]) expect(await forwarded(value)).toBeNull()
    expect(await forwarded("alice b")).toBe("alice b")
  })

  // Ill-formed text has no UTF-8: every lone surrogate would arrive as one and the same replacement character.
  it("is left out when it has no UTF-8, and different users would become the same", async () => {
    for (const value of ['raw:"\\ud800"', 'raw:"\\udfff"', 'raw:"alice\\ud83d"']) {
      expect(await forwarded(value)).toBeNull()
    }
    expect(await forwarded('raw:"\\ud83d\\ude00"')).toBe(Buffer.from("😀").toString("latin1"))
  })
})

describe("a config that would break out of a header", () => {
  const errors = (config: Partial<JwtAuthConfig>) =>
    checkConfig({ global_auth: true, consumers: [consumer(key)], ...config })
      .issues.filter(({ severity }) => severity === "error")
      .map(({ path }) => path)
  const breaking = [
    ...Object.values(controls).map((character) => `a${character}b`),
    "",
    " ",
    " a",
    "a ",
    "é",
    "\ud800",
  ]

  it("is refused in the consumer's name", () => {
    for (const name of breaking)
      expect(errors({ consumers: [consumer(key, { name })] }), JSON.stringify(name)).toEqual([
        "consumers[0].name",
      ])
  })

  it("is refused in the names of headers", () => {
    for (const name of [...breaking, "a:b", "a b", "a,b", "(a)", "a/b", '"a"']) {
      expect(errors({ consumer_header: name }), JSON.stringify(name)).toEqual(["consumer_header"])
      const claims_to_headers = [{ claim: "sub", header: name }]
      const path = "consumers[0].claims_to_headers[0].header"
      expect(errors({ consumers: [consumer(key, { claims_to_headers })] })).toEqual([path])
    }
  })

  it.each([
    ...["Host", "Authorization", "Cookie", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade"],
    ...["TE", "Trailer", "Proxy-Authorization", "Expect", "transfer-encoding"],
  ])("is refused when it would write %s, which has a meaning of its own", (header) => {
    expect(errors({ consumer_header: header })).toEqual(["consumer_header"])
    const claims_to_headers = [{ claim: "sub", header }]
    const path = "consumers[0].claims_to_headers[0].header"
    expect(errors({ consumers: [consumer(key, { claims_to_headers })] })).toEqual([path])
  })

  it("is refused in the realm", () => {
    for (const realm of ['a"b', "a\\b", 'x", error="y', "a\r\nSet-Cookie: x=1", "a\nb", "a\0b", "é", "a\tb"])
      expect(errors({ realm }), realm).toEqual(["realm"])
    expect(errors({ realm: "the realm of Mr. O'Hara, 2nd" })).toEqual([])
  })

  it("is refused in the scopes of a rule", () => {
    for (const scope of ['a"b', "a\\b", "a b", "a\r\nb", "", "é", "a\0"]) {
      const rules = [{ match: {}, allow: "any" as const, scopes: [scope] }]
      expect(errors({ rules }), scope).toEqual(["rules[0].scopes[0]"])
    }
  })
})

describe("scopes that code asks for", () => {
  it("cannot break out of WWW-Authenticate, although no config has checked them", async () => {
    const door = gate(consumer(key))
    const scopes = ['a"', 'b\\"', "c\r\nSet-Cookie: x=1", "d\0", 'é", error="ok', "e f"]
    const decision = await door.decide(bearer(await sign(key)), { scopes })
    if (decision.outcome !== "deny") throw new Error("lacks the scopes")
    const challenge = decision.denial.headers["WWW-Authenticate"] ?? ""
    expect(challenge).toMatch(/^Bearer realm="jwt-auth", error="insufficient_scope", scope="[!#-[\]-~ ]*"$/)
    expect(new Headers(denialResponse(decision.denial).headers).get("set-cookie")).toBeNull()
  })
})

describe("what the client says", () => {
  it("stands in no header of the answer", async () => {
    const door = gate(consumer(key))
    const tricks = ["x\r\nSet-Cookie: a=b", "x\0", 'x"', "é"]
    const answers = await Promise.all(
      tricks.map(async (trick) => {
        const asked = bearer(trick, { host: trick, path: `/${trick}`, method: trick, route: trick })
        const decision = await door.decide(asked)
        return decision.outcome === "deny" ? denialResponse(decision.denial, trick) : undefined
      }),
    )
    const plain = await door.decide(request({ headers: { authorization: "Bearer x" } }))
    for (const answer of answers)
      expect(answer).toEqual(plain.outcome === "deny" ? denialResponse(plain.denial) : undefined)
  })
})
