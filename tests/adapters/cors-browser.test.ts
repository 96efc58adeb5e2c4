import { bearer, tokenOf } from "@jwt-auth/test-support/consumers"
import { listen } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { browser } from "./browser.js"
import { type Api, type ApiOptions, apiStacks } from "./browser-apis.js"
import { type PageFetch, type PageResult, pageServer, resultsOf } from "./page.js"

const expired = { exp: Math.floor(Date.now() / 1000) - 3600 }

/** All that a script is told when CORS hides the answer. */
const opaque = { error: "TypeError" }

const settings = {
  before: { cors: "before", bypass: false },
  bypassed: { cors: "after", bypass: true },
  refused: { cors: "after", bypass: false },
} as const satisfies Record<string, Omit<ApiOptions, "origin">>

const calls = {
  "with a token": { headers: bearer("web") },
  "with a token and a spoofed identity": { headers: { ...bearer("web"), "X-Mse-Consumer": "admin" } },
  "PUT with a token": {
    method: "PUT",
    headers: { ...bearer("web"), "Content-Type": "application/json" },
    body: "{}",
  },
  "with a cookie": { credentials: "include" },
  "without a token": {},
  "without a token, for JSON": { headers: { Accept: "application/json" } },
  "with an expired token": { headers: bearer("web", expired) },
  "of another consumer": { headers: bearer("partner") },
} as const satisfies Record<string, PageFetch["init"]>

interface Visit {
  readonly apis: ReadonlyMap<string, Api>
  readonly results: Readonly<Record<string, PageResult>>
}

let visit: Promise<Visit> | undefined

/** One page in one browser for all the tests, opened by the first of them. */
function visited(): Promise<Visit> {
  visit ??= visitAll()
  return visit
}

async function visitAll(): Promise<Visit> {
  const fetches: PageFetch[] = []
  // A cookie belongs to all ports of its host (RFC 6265 §8.5), and they are one site: not even Strict minds.
  const cookie = `session=${tokenOf("web")}; HttpOnly; SameSite=Strict; Path=/`
  const origin = `http://127.0.0.1:${await listen(pageServer(() => fetches, [cookie]))}`
  const apis = new Map<string, Api>()
  for (const { name, start } of apiStacks) {
    for (const [setting, options] of Object.entries(settings)) {
      const api = await start({ ...options, origin })
      apis.set(`${name}, ${setting}`, api)
      const url = `http://127.0.0.1:${api.port}/web-only`
      for (const [call, init] of Object.entries(calls)) {
        fetches.push({ id: `${name}, ${setting}, ${call}`, url, init })
      }
    }
  }
  return { apis, results: await resultsOf(origin) }
}

describe.skipIf(browser === undefined).each(apiStacks)(
  "a browser's page of another origin, on $name",
  ({ name }) => {
    async function resultOf(setting: keyof typeof settings, call: keyof typeof calls): Promise<PageResult> {
      const result = (await visited()).results[`${name}, ${setting}, ${call}`]
      if (result === undefined) throw new Error("the page has not tried")
      return result
    }

    async function apiOf(setting: keyof typeof settings): Promise<Api> {
      const api = (await visited()).apis.get(`${name}, ${setting}`)
      if (api === undefined) throw new Error("the page has not been there")
      return api
    }

    describe.each(["before", "bypassed"] as const)(
      "with CORS so that preflights need no token (%s)",
      (setting) => {
        it("has asked by a preflight, which no handler was reached by", async () => {
          const { received, reached } = await apiOf(setting)
          expect(received).toEqual(expect.arrayContaining(["OPTIONS for GET", "OPTIONS for PUT"]))
          expect(new Set(reached.map(({ method }) => method))).toEqual(new Set(["GET", "PUT"]))
        })

        it.each([
          "with a token",
          "with a token and a spoofed identity",
          "PUT with a token",
          "with a cookie",
        ] as const)("reads what it may: %s", async (call) => {
          const { status, body } = answer(await resultOf(setting, call))
          expect(status).toBe(200)
          expect(JSON.parse(body)).toMatchObject({ consumer: "web", identity: "web" })
        })
      },
    )

    describe("with CORS before authentication", () => {
      it("reads a refusal and its challenge", async () => {
        const { status, body, headers } = answer(await resultOf("before", "without a token"))
        expect({ status, body }).toEqual({ status: 401, body: "Jwt missing" })
        expect(headers["www-authenticate"]).toBe('Bearer realm="jwt-auth"')
      })

      it("reads a refusal as JSON", async () => {
        const { body, headers } = answer(await resultOf("before", "without a token, for JSON"))
        expect(headers["content-type"]).toBe("application/problem+json")
        expect(JSON.parse(body)).toMatchObject({ status: 401, code: "jwt_missing" })
      })

      it("reads that its token has expired, and so can get another one", async () => {
        const { status, headers } = answer(await resultOf("before", "with an expired token"))
        expect(status).toBe(401)
        expect(headers["www-authenticate"]).toContain('error_description="Jwt expired"')
      })

      it("reads that it is not the one who may", async () => {
        const { status, body } = answer(await resultOf("before", "of another consumer"))
        expect({ status, body }).toEqual({ status: 403, body: "Access Denied" })
      })
    })

    it("with CORS behind authentication learns nothing of a refusal, not even that it is one", async () => {
      expect(await resultOf("bypassed", "without a token")).toEqual(opaque)
      expect(await resultOf("bypassed", "of another consumer")).toEqual(opaque)
    })

    it("gets nowhere where preflights need the token that no browser sends with them", async () => {
      expect(await resultOf("refused", "with a token")).toEqual(opaque)
      expect(await resultOf("refused", "PUT with a token")).toEqual(opaque)
      const { reached } = await apiOf("refused")
      // The cookie goes along with a plain GET, which needs no preflight.
      expect(reached).toEqual([{ method: "GET", consumer: "web", identity: "web" }])
    })
  },
)

function answer(result: PageResult): Extract<PageResult, { status: number }> {
  if ("error" in result) throw new Error(`the page got no answer: ${result.error}`)
  return result
}
