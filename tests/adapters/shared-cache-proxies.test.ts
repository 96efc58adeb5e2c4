import { send } from "@jwt-auth/test-support/http"
import { describe, expect, it } from "vitest"
import { configOf, ways } from "./cache-callers.js"
import { startSharedCache } from "./cache-shared.js"
import { stacks } from "./proxy-stacks.js"
import { startUpstream, valuesOf } from "./upstream.js"

const pages = (headers = {}) =>
  startUpstream((got) => ({ headers, body: `page of ${valuesOf(got, "X-User")[0] ?? "nobody"}` }))

describe.each(stacks)("a shared cache in front of $name", (stack) => {
  describe.each(ways)("with tokens in $place, keep_token: $keep", ({ keep, by }) => {
    it("gives everybody a page of their own, and keeps none", async () => {
      const upstream = await pages()
      const cache = await startSharedCache(await stack.start(upstream.port, configOf(keep)))
      const replies: string[] = []
      for (const sent of [by("alice"), by("bob"), by()]) replies.push((await send(cache.port, sent)).body)
      expect(replies).toEqual(["page of alice", "page of bob", "Jwt missing"])
      expect(cache.stored()).toEqual([])
    })

    it("keeps what the upstream itself says is public", async () => {
      const upstream = await pages({ "Cache-Control": "public, max-age=60" })
      const cache = await startSharedCache(await stack.start(upstream.port, configOf(keep)))
      const reply = await send(cache.port, by("alice"))
      expect(reply.headers["cache-control"]).toBe("public, max-age=60")
      expect(cache.stored()).toEqual(["page of alice"])
    })
  })
})
