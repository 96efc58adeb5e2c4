import type { Server } from "node:http"
import { createAdaptorServer } from "@hono/node-server"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { jwtAuth } from "@jwt-auth/hono"
import { listen, send } from "@jwt-auth/test-support/http"
import { type Context, Hono } from "hono"
import { cache } from "hono/cache"
import { beforeEach, describe, expect, it, vi } from "vitest"
import { pageOf } from "./cache-apps.js"
import { configOf, ways } from "./cache-callers.js"

/** What `hono/cache` asks of a runtime, in memory. */
let store: Map<string, Response>
beforeEach(() => {
  store = new Map()
  const memory = {
    match: async (key: string) => store.get(key)?.clone(),
    put: async (key: string, response: Response) => void store.set(key, response),
  }
  vi.stubGlobal("caches", { open: async () => memory })
})

/** Each way for a handler to answer. */
const handlers: readonly (readonly [string, (c: Context, page: string) => Response])[] = [
  ["c.text", (c, page) => c.text(page)],
  ["a Response of its own", (_c, page) => new Response(page)],
  ["a Response whose headers cannot change", (_c, page) => frozen(page)],
  ["a stream", (_c, page) => new Response(new Blob([page]).stream())],
]

function frozen(page: string): Response {
  const response = new Response(page)
  const refuse = () => {
    throw new TypeError("immutable")
  }
  Object.assign(response.headers, { set: refuse, append: refuse, delete: refuse })
  return response
}

type Answer = (c: Context, page: string) => Response

async function start(config: JwtAuthConfig, answer: Answer, order: "inside" | "outside"): Promise<number> {
  const auth = jwtAuth(config)
  const pages = cache({ cacheName: "pages", wait: true, cacheControl: "max-age=60" })
  const app = new Hono()
  if (order === "outside") app.use(pages, auth)
  else app.use(auth, pages)
  app.get("*", (c) => answer(c, pageOf(auth.get(c))))
  return listen(createAdaptorServer({ fetch: app.fetch }) as Server)
}

const storedPages = () => Promise.all([...store.values()].map((response) => response.clone().text()))
const optional = [{ match: {}, allow: "any" as const, optional: true }]
const open = [{ match: {}, public: true as const }]

describe.each(["inside", "outside"] as const)("hono/cache %s of the gate", (order) => {
  describe.each(ways)("with tokens in $place, keep_token: $keep", ({ keep, by }) => {
    it.each(handlers)("gives everybody a page of their own, answered by %s", async (_what, answer) => {
      const port = await start(configOf(keep, optional), answer, order)
      const replies: string[] = []
      for (const sent of [by("alice"), by("bob"), by()]) replies.push((await send(port, sent)).body)
      expect(replies).toEqual(["page of alice", "page of bob", "page of nobody"])
      expect(await storedPages()).toEqual(["page of nobody"])
    })

    it("keeps no refusal", async () => {
      const port = await start(configOf(keep), handlers[0]?.[1] as Answer, order)
      expect((await send(port, by())).status).toBe(401)
      expect(await storedPages()).toEqual([])
      expect((await send(port, by("alice"))).body).toBe("page of alice")
    })

    it("keeps a public page", async () => {
      const port = await start(configOf(keep, open), handlers[0]?.[1] as Answer, order)
      for (const sent of [by(), by("alice"), by()])
        expect((await send(port, sent)).body).toBe("page of nobody")
      expect(await storedPages()).toContain("page of nobody")
    })

    it("keeps what the handler itself says is public, where hono/cache keeps anything", async () => {
      const say: Answer = (_c, page) => new Response(page, { headers: { "Cache-Control": "public" } })
      const port = await start(configOf(keep), say, order)
      const reply = await send(port, by("alice"))
      expect(reply.headers["cache-control"]).not.toContain("private")
    })
  })
})
