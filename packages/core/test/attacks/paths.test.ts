import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/index.js"
import { bearer, consumer, gate, issuer, judge, mintKey, now, request, sign } from "../keyring.js"

// The core decides about the path that the next layer will see, and next layers differ: they decode not at all, once or
// twice, resolve dot segments or not, take `\` for `/`, cut parameters, ignore case (CVE-2026-29087, CVE-2021-29492).

/** Spellings of /admin/x, by what some router, proxy or file server does to them. */
const spellings = {
  "ignores case": ["/ADMIN/x", "/Admin/X", "/aDmIn/x"],
  "ignores a trailing slash": ["/admin/x/", "/admin/x//", "/ADMIN/X/"],
  decodes: [
    "/%61dmin/x",
    "/%41dmin/x",
    "/%61%64%6d%69%6e/x",
    "/%61%64%6D%69%6E/%78",
    "/admin%2fx",
    "/admin%2Fx",
  ],
  "decodes twice": ["/%2561dmin/x", "/admin%252fx", "/admin%252Fx", "/%25%36%31dmin/x", "/%252fadmin/x"],
  "collapses slashes": [
    "//admin/x",
    "///admin//x",
    "/admin//x",
    "/%2fadmin/x",
    "/%2f%2fadmin/x",
    "/./admin/x",
    "////admin/x",
  ],
  "resolves dot segments": [
    ...[
      "/x/../admin/x",
      "/./admin/./x",
      "/admin/y/../x",
      "/x/y/../../admin/x",
      "/../admin/x",
      "/../../../admin/x",
    ],
    ...["/public/../admin/x", "/public/./../admin/x", "/public/y/../../admin/x", "/public//../admin/x"],
    ...["/x/..//admin/x", "//../admin/x", "/x/../%61dmin/x", "/admin/x/.", "/admin/x/y/.."],
  ],
  "decodes, then resolves dot segments": [
    ...["/%2e/admin/x", "/x/%2e%2e/admin/x", "/x/.%2e/admin/x", "/x/%2E./admin/x", "/public/%2e%2e/admin/x"],
    ...["/x%2f..%2fadmin%2fx", "/public%2f..%2fadmin/x", "/public/..%2fadmin/x", "/public/%2e%2e%2fadmin/x"],
    ...["/x/%252e%252e/admin/x", "/public/%252e%252e/admin/x", "/public/..%252fadmin/x"],
  ],
  "takes a backslash for a slash": [
    ...[
      "\\admin\\x",
      "/\\admin/x",
      "/admin\\x",
      "/x\\..\\admin\\x",
      "/public\\..\\admin\\x",
      "/public/..\\admin/x",
    ],
    ...[
      "/admin%5cx",
      "/admin%5Cx",
      "/%5cadmin/x",
      "/x%5c..%5cadmin%5cx",
      "/admin%255cx",
      "/public/..%5cadmin/x",
    ],
  ],
  "cuts parameters": [
    ...[
      "/admin;/x",
      "/admin;a=b/x",
      "/admin;a=1;b=2/x",
      "/;/admin/x",
      "/;a=b/admin/x",
      "/admin/;a/x",
      "/admin%3ba/x",
    ],
    ...[
      "/..;/admin/x",
      "/x/..;/admin/x",
      "/public/..;/admin/x",
      "/public;/../admin/x",
      "/public/..;a=b/admin/x",
    ],
    ...["/.;/admin/x", "/public/%2e%2e;/admin/x", "/admin%253ba/x"],
  ],
  "ends at NUL": ["/admin%00/x", "/admin\0/x", "/admin%2500/x", "/admin/x%00.html", "/admin%00"],
  "ends at a fragment or query": [
    "/admin/x#/public",
    "/admin#/x",
    "/admin?x",
    "/admin/x?/public/x",
    "/admin/?/public",
    "/admin/x?../../public",
  ],
  "takes the path out of an absolute form": [
    "http://h/admin/x",
    "HTTP://h:80/admin/x",
    "https://u:p@h/admin/x",
    "http://h//admin/x",
    "http:///admin/x",
    "ws://h/x/../admin/x",
  ],
  "takes an authority off": [
    "//h/admin/x",
    "//h:80/admin/x",
    "//u@h/admin/x",
    "/\\h/admin/x",
    "//public/admin/x",
  ],
  "adds the first slash": ["admin/x", "./admin/x", "../admin/x", " /admin/x"],
  "keeps a broken escape": ["/admin/%", "/admin/%zz", "/x/%/../../admin/x", "/admin/%c0%af"],
}
const all = Object.values(spellings).flat()

const key = await mintKey("ES256")
const admin = consumer(key, { name: "admin", issuer: "admin" })
const consumers = [admin, consumer(key)]
const restricting: Rule = { match: { path: "/admin/*" }, allow: ["admin"] }
const opening: Rule = { match: { path: "/public/*" }, public: true }
const missing = "jwt_missing: token_missing"

async function verdicts(rules: readonly Rule[], global_auth: boolean, paths: readonly string[]) {
  const door = gate(consumers, { rules, global_auth })
  return Promise.all(paths.map(async (path) => [path, await judge(door, request({ path }))]))
}

const every = (paths: readonly string[], verdict: string) => paths.map((path) => [path, verdict])

describe.each(Object.entries(spellings))("a path, where the next layer %s", (_layer, paths) => {
  it("does not get around a rule that restricts /admin/*", async () => {
    expect(await verdicts([restricting], false, paths)).toEqual(every(paths, missing))
  })

  it("does not get around it behind a public rule for /public/*, nor behind a public rule for /", async () => {
    expect(await verdicts([opening, restricting], false, paths)).toEqual(every(paths, missing))
    const root: Rule = { match: { path: "/" }, public: true }
    expect(await verdicts([root, restricting], false, paths)).toEqual(every(paths, missing))
  })

  it("is not let in by a public rule for /public/*", async () => {
    expect(await verdicts([opening], true, paths)).toEqual(every(paths, missing))
  })

  it("is not let in to a consumer who may not", async () => {
    const token = await sign(key, { payload: { iss: issuer, exp: now + 60 } })
    const door = gate(consumers, { rules: [opening, restricting], global_auth: false })
    for (const path of paths) {
      expect(await judge(door, bearer(token, { path })), path).toBe("access_denied: consumer_not_allowed")
    }
  })
})

describe("the list", () => {
  it("has at least forty spellings, and no one twice", () => {
    expect(all.length).toBeGreaterThan(40)
    expect(new Set(all).size).toBe(all.length)
  })

  it("is of /admin/x indeed: this platform's own URL parser reads many of them so", () => {
    const read = all.filter((path) => {
      const target = path.startsWith("//") ? "" : path
      return new URL(target, "http://h").pathname.toLowerCase().startsWith("/admin/x")
    })
    expect(read.length).toBeGreaterThan(20)
  })
})

describe("every ambiguous spelling of a public path", () => {
  it("needs a token: nobody knows what it is a spelling of", async () => {
    const { "ignores case": _case, "ignores a trailing slash": _slash, ...others } = spellings
    const paths = Object.values(others).flat()
    // Only a query leaves no doubt about the path before it.
    const doubtful = paths
      .filter((path) => !path.includes("?"))
      .map((path) => path.replaceAll("admin", "public"))
    expect(doubtful.length).toBeGreaterThan(80)
    expect(await verdicts([opening], true, doubtful)).toEqual(every(doubtful, missing))
  })
})
