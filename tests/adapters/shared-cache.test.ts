import { send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { type CacheControl, type CachedApp, cachedApps } from "./cache-apps.js"
import { configOf, ways } from "./cache-callers.js"
import { startSharedCache } from "./cache-shared.js"

/** Asks through one shared cache, in turn. */
async function askAll(
  app: CachedApp,
  config: ReturnType<typeof configOf>,
  requests: readonly Parameters<typeof send>[1][],
  says?: CacheControl,
) {
  const cache = await startSharedCache(await app.start(config, says))
  const replies: string[] = []
  for (const sent of requests) {
    const { status, body } = await send(cache.port, sent)
    replies.push(`${status} ${body}`)
  }
  return { replies, stored: cache.stored() }
}

const optional = [{ match: {}, allow: "any" as const, optional: true }]
const open = [{ match: { path: "/page" }, public: true as const }]

describe.each(cachedApps)("a shared cache in front of $name", (app) => {
  describe.each(ways)("with tokens in $place, keep_token: $keep", ({ keep, by }) => {
    it("gives everybody a page of their own, and keeps none", async () => {
      const { replies, stored } = await askAll(app, configOf(keep), [
        by("alice"),
        by("bob"),
        by(),
        by("alice"),
      ])
      expect(replies).toEqual([
        "200 page of alice",
        "200 page of bob",
        "401 Jwt missing",
        "200 page of alice",
      ])
      expect(stored).toEqual([])
    })

    it("gives nobody a page of somebody where a token is optional", async () => {
      const { replies, stored } = await askAll(app, configOf(keep, optional), [by("alice"), by("bob"), by()])
      expect(replies).toEqual(["200 page of alice", "200 page of bob", "200 page of nobody"])
      expect(stored).toEqual(["page of nobody"])
    })

    it("gives nobody the error page of somebody else", async () => {
      const requests = [by("alice", "/missing"), by("bob", "/missing")]
      const { replies, stored } = await askAll(app, configOf(keep), requests)
      expect(replies.map((reply) => reply.slice(0, 3))).toEqual(["404", "404"])
      expect(stored).toEqual([])
    })

    it("keeps a public page, whatever token comes with it", async () => {
      const { replies, stored } = await askAll(app, configOf(keep, open), [by(), by("alice"), by("bob")])
      expect(replies).toEqual(new Array(3).fill("200 page of nobody"))
      expect(stored).toContain("page of nobody")
    })

    it("keeps what the app itself says is public", async () => {
      for (const says of [{ handler: "public, max-age=60" }, { before: "public, max-age=60" }]) {
        const { replies, stored } = await askAll(app, configOf(keep), [by("alice")], says)
        expect([replies, stored]).toEqual([["200 page of alice"], ["page of alice"]])
      }
    })

    it("does not keep what the app itself says is not to be kept", async () => {
      const requests = [by("alice"), by("bob")]
      const { replies, stored } = await askAll(app, configOf(keep), requests, { handler: "no-store" })
      expect([replies, stored]).toEqual([["200 page of alice", "200 page of bob"], []])
    })

    it("ATTACK: does not keep a refusal for the callers after it, though the app says that all is public", async () => {
      const requests = [by(), { ...by(), headers: { Authorization: "Bearer x.y.z" } }, by("alice")]
      const { replies, stored } = await askAll(app, configOf(keep), requests, {
        before: "public, max-age=60",
      })
      expect(replies).toEqual(["401 Jwt missing", "401 Jwt verification fails", "200 page of alice"])
      expect(stored).toEqual(["page of alice"])
    })
  })
})
