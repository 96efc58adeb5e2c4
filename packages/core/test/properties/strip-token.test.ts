import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createAuthenticator, type RequestEdits } from "../../src/index.js"
import { runs } from "./settings.js"
import { trickyTarget } from "./targets.js"
import { consumerOf, hs256, newSecret, now } from "./tokens.js"

const secret = newSecret()
const token = hs256(secret, { iss: "web" })
const gate = createAuthenticator(
  {
    global_auth: true,
    consumers: [
      {
        ...consumerOf("web", secret),
        from_headers: [{ name: "Authorization", value_prefix: "Bearer " }],
        from_params: ["access_token"],
        from_cookies: ["session"],
        keep_token: false,
      },
    ],
  },
  { now: () => now },
)

/** A piece of a query or cookie header; its name begins with an `o`, so it is never one that carries a token. */
const other = (characters: RegExp) => fc.stringMatching(characters).map((text) => `o${text}`)
const otherParam = other(/^[a-z0-9=%+;:@/?[\]"' -]{0,8}$/)
const otherCookie = other(/^[a-z0-9=%+,:@/?[\]"' &-]{0,8}$/).map((pair) => pair.trimEnd())

const tokenParam = fc.constantFrom(
  `access_token=${token}`,
  `%61ccess_token=${token}`,
  `access_token=${token.replace(".", "%2E")}`,
  "access_token=",
  "access_token",
)
const tokenCookie = fc.constantFrom(
  `session=${token}`,
  `session="${token}"`,
  "session=",
  ` session = ${token}`,
)

interface Pieces {
  readonly all: readonly string[]
  /** What is not to be touched: all pieces, when none of them has a token. */
  readonly others: readonly string[]
}

function pieces(tokens: fc.Arbitrary<string>, others: fc.Arbitrary<string>): fc.Arbitrary<Pieces> {
  const one = fc.oneof(
    tokens.map((text) => ({ text, carries: true })),
    others.map((text) => ({ text, carries: false })),
  )
  return fc.array(one, { maxLength: 6 }).map((list) => {
    const all = list.map(({ text }) => text)
    const hasToken = all.some((text) => text.includes("eyJ"))
    return { all, others: hasToken ? list.filter(({ carries }) => !carries).map(({ text }) => text) : all }
  })
}

async function editsOf(path: string, headers: Record<string, string>): Promise<RequestEdits> {
  const decision = await gate.decide({ method: "GET", host: "", path, headers })
  if (decision.outcome !== "allow") throw new Error(`not let in: ${JSON.stringify(decision)}`)
  return decision.edits
}

/** What is left of a header: undefined when it is removed, the sent value when nothing touches it. */
function left({ headers }: RequestEdits, name: string, sent: string | undefined): string | undefined {
  return headers
    .filter((edit) => edit.name === name)
    .reduce<string | undefined>((_, { value }) => value, sent)
}

const bearer = { authorization: `Bearer ${token}` }

describe("a stripped token leaves the rest as it was sent", () => {
  it("in the query, byte for byte and in order", async () => {
    const path = fc.constantFrom("/", "/x", "/a;b//c%2f/", "http://h/x")
    const fragment = fc.constantFrom("", "#", `#?access_token=${token}`)
    await fc.assert(
      fc.asyncProperty(
        path,
        pieces(tokenParam, otherParam),
        fragment,
        async (path, { all, others }, fragment) => {
          const query = (list: readonly string[]) => (list.length === 0 ? "" : `?${list.join("&")}`)
          const sent = path + query(all) + fragment
          expect((await editsOf(sent, bearer)).path ?? sent).toBe(path + query(others) + fragment)
        },
      ),
      runs(400),
    )
  })

  it("in the cookies, byte for byte and in order", async () => {
    await fc.assert(
      fc.asyncProperty(pieces(tokenCookie, otherCookie), async ({ all, others }) => {
        const sent = all.length === 0 ? undefined : all.join("; ")
        const edits = await editsOf("/", { ...bearer, ...(sent !== undefined && { cookie: sent }) })
        expect(left(edits, "cookie", sent)).toBe(others.length === 0 ? undefined : others.join("; "))
      }),
      runs(400),
    )
  })

  it("in the target, which no edit touches when no parameter carries a token", async () => {
    await fc.assert(
      fc.asyncProperty(trickyTarget, async (target) => {
        expect((await editsOf(target, bearer)).path).toBeUndefined()
      }),
      runs(300),
    )
  })

  it("and no place shows it any more: the request that is left has no token", async () => {
    await fc.assert(
      fc.asyncProperty(
        pieces(tokenParam, otherParam),
        pieces(tokenCookie, otherCookie),
        fc.boolean(),
        async (params, cookies, inHeader) => {
          const sent = {
            ...((inHeader || !`${params.all}${cookies.all}`.includes("eyJ")) && bearer),
            ...(cookies.all.length > 0 && { cookie: cookies.all.join("; ") }),
          }
          const path = `/x?${params.all.join("&")}`
          const edits = await editsOf(path, sent)
          const cookie = left(edits, "cookie", sent.cookie)
          const authorization = left(edits, "authorization", sent.authorization)
          const headers = { ...(cookie && { cookie }), ...(authorization && { authorization }) }
          const again = await gate.decide({ method: "GET", host: "", path: edits.path ?? path, headers })
          expect(again).toMatchObject({ outcome: "deny", denial: { code: "jwt_missing" } })
          expect(JSON.stringify([edits.path ?? path, headers])).not.toContain(token.split(".")[2])
        },
      ),
      runs(300),
    )
  })
})
