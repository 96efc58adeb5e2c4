import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/index.js"
import { consumer, gate, judge, mintKey, request } from "../keyring.js"

// What a rule for a path covers beyond the spellings of paths.test.ts, and what it leaves alone.

/** What a WHATWG URL parser drops without a word (URL standard §4.1 and §4.4). */
const dropped = ["/ad\tmin/x", "/admin\n/x", "/ad\r\nmin/x", "\0/admin/x", "\x01/admin/x"]

const key = await mintKey("ES256")
const consumers = [consumer(key, { name: "admin", issuer: "admin" }), consumer(key)]
const restricting: Rule = { match: { path: "/admin/*" }, allow: ["admin"] }
const opening: Rule = { match: { path: "/public/*" }, public: true }
const missing = "jwt_missing: token_missing"

async function verdicts(rules: readonly Rule[], global_auth: boolean, paths: readonly string[]) {
  const door = gate(consumers, { rules, global_auth })
  return Promise.all(paths.map(async (path) => [path, await judge(door, request({ path }))]))
}

const every = (paths: readonly string[], verdict: string) => paths.map((path) => [path, verdict])

describe("white space and controls that a URL parser drops", () => {
  it.each(dropped)("do not get around a rule that restricts: %j", async (path) => {
    expect(new URL(path, "http://h").pathname.replace("//", "/")).toBe("/admin/x")
    expect(await verdicts([restricting], false, [path])).toEqual(every([path], missing))
  })

  it("are never public", async () => {
    const paths = ["/pub\tlic/x", "/public\n/x", "\0/public/x", "/public/x\t", "/public/\x01x", " /public/x"]
    expect(await verdicts([opening], true, paths)).toEqual(every(paths, missing))
  })
})

describe("a public rule for /public/*", () => {
  it("is about every plain spelling of it", async () => {
    const plain = [
      "/public",
      "/public/",
      "/public/x",
      "/PUBLIC/x",
      "/public/x?/../admin",
      "/public/%78",
      "/public/a-b_c.~d",
    ]
    expect(await verdicts([opening], true, plain)).toEqual(every(plain, "pass"))
  })
})

describe("a rule for /admin/*", () => {
  it("is about nothing that only resembles it", async () => {
    const others = [
      "/",
      "/administrator",
      "/admin-x",
      "/admins/x",
      "/x/admin/y",
      "/admi",
      "/adm%C3%ADn/x",
      "/x?/admin/x",
      "/public/admin",
    ]
    expect(await verdicts([restricting], false, others)).toEqual(every(others, "pass"))
  })

  it("is not turned by a method's letter case, nor by HEAD for GET", async () => {
    const rules: Rule[] = [{ match: { path: "/admin/*", method: "GET" }, allow: ["admin"] }]
    const door = gate(consumers, { rules, global_auth: false })
    for (const method of ["GET", "get", "Get", "HEAD", "head"]) {
      expect(await judge(door, request({ path: "/admin/x", method }))).toBe(missing)
    }
  })
})
