import { describe, expect, it } from "vitest"
import { explainSituation } from "../../../test/explain/broken-request.js"
import { consumer, mintKey, request } from "../../../test/keyring.js"
import type { Rule } from "../../index.js"

const key = await mintKey("ES256")
const rules: readonly Rule[] = [{ match: { path: "/docs/*" }, public: true }]

describe("why a public rule does not hold for a path is told by what the path has", () => {
  it.each([
    ["/docs%5cintro", "a backslash"],
    ["/docs%2fintro", "an encoded slash (%2f)"],
    ["/docs/intro;v=1", 'a ";"'],
    ["/docs%3bv=1", 'a ";"'],
    ["/docs#top", 'a "#"'],
    ["/docs/%3fa", "an encoded question mark (%3f)"],
    ["/docs/%00", "control characters"],
    ["/docs/100%", 'a "%" that is no escape'],
    ["/docs/%2541", "something that is encoded twice"],
    ["/docs//intro", '"//"'],
    ["/docs/%2e%2e/docs", '"." or ".." as a segment'],
    ["/docs/caf\u00e9", "characters that are not percent-encoded"],
    ["docs", "no slash at its beginning"],
  ])("%s", async (path, has) => {
    const config = { global_auth: true, consumers: [consumer(key)], rules }
    const { rule } = await explainSituation({ config, request: request({ path }) })
    expect(rule.hint).toBe(
      `The path has ${has}, which routers and proxies read differently, so the public rule rules[0] does not apply. Send the path without that.`,
    )
  })
})
