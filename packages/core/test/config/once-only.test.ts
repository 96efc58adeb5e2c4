import { describe, expect, it } from "vitest"
import { documentWith, errorsOf, withRules } from "./documents.js"

describe("what is there but wrong is reported once, and not called missing as well", () => {
  it.each([
    ["an empty issuer", documentWith({ issuer: "" }), "consumers[0].issuer"],
    ["an issuer that is no string", documentWith({ issuer: ["a"] }), "consumers[0].issuer"],
    [
      "claims that are no strings",
      documentWith({ issuer: undefined, claims: { sub: 1 } }),
      "consumers[0].claims.sub",
    ],
    ["a consumer that is no object", { consumers: ["web"] }, "consumers[0]"],
    ["an empty allow", withRules({ match: {}, allow: [] }), "rules[0].allow"],
    ["an allow that is a name", withRules({ match: {}, allow: "web" }), "rules[0].allow"],
    ["public: false", withRules({ match: {}, public: false }), "rules[0].public"],
    ["empty consumers of a rule", withRules({ match: {}, consumers: [] }), "rules[0].consumers"],
    ["a rule that is no object", withRules("public"), "rules[0]"],
  ])("%s", (_, document, path) => {
    expect(errorsOf(document).map(({ path }) => path)).toEqual([path])
  })

  it("a consumer whose own name is wrong is not called unknown where a rule allows it", () => {
    const document = {
      ...documentWith({ name: "a  b" }),
      global_auth: true,
      rules: [{ match: {}, allow: ["a  b"] }],
    }
    expect(errorsOf(document).map(({ path }) => path)).toEqual(["consumers[0].name"])
  })
})
