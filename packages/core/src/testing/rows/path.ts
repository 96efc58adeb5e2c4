import type { Cast } from "../cast.js"
import { allows, missing, passes } from "../expectations.js"
import type { ConformanceRow } from "../row.js"
import { rowsOf } from "../row-builder.js"

const refused = "Node refuses such a target, other servers may not"

type Case = readonly [name: string, open: string, guarded: string, coreOnly?: string]

/** Targets that every layer reads alike, below `/open/*` and `/admin/*`. */
const plain: readonly Case[] = [
  ["a path below", "/open/x", "/admin/x"],
  ["the path itself", "/open", "/admin"],
  ["a trailing slash", "/open/", "/admin/"],
  ["capitals", "/OPEN/X", "/ADMIN/X"],
  ["an encoded letter", "/%6fpen/x", "/%61dmin/x"],
  ["an encoded capital letter in capital hex", "/%4FPEN/x", "/%41DMIN/x"],
  ["an encoded letter in the slash-less path", "/ope%6E", "/admi%6E"],
  ["a query that looks like a path", "/open/x?a=/../b;c//d", "/admin/x?a=/../b;c//d"],
  ["a query with a broken escape", "/open?%zz", "/admin?%zz"],
  ["an encoded space", "/open/a%20b", "/admin/a%20b"],
  ["encoded UTF-8", "/open/caf%C3%A9", "/admin/caf%C3%A9"],
  ["dots that are no dot segment", "/open/.well-known/..x/a.b", "/admin/.well-known/..x/a.b"],
]

/** Targets of other resources. */
const elsewhere: readonly Case[] = [
  ["a longer first segment", "/openly", "/administrator"],
  ["the name as a second segment", "/x/open", "/x/admin"],
  ["the root", "/", "/"],
  ["the name in the query alone", "/x?/open/x", "/x?/admin/x"],
  ["an encoded space after the name", "/open%20/x", "/admin%20/x"],
]

/** Targets that layers read apart: the open one may be taken for another resource, the other for a guarded one. */
const ambiguous: readonly Case[] = [
  ["a dot segment", "/admin/../open/x", "/open/../admin/x"],
  ["a dot segment that leads nowhere", "/open/./x", "/./admin/x"],
  ["a dot segment that leads away, for a router that does not resolve it", "/open/x/../y", "/admin/../x"],
  ["encoded dot segments", "/admin/%2e%2e/open/x", "/x/%2e%2e/admin"],
  ["half-encoded dot segments", "/admin/.%2E/open/x", "/x/%2e./admin"],
  ["more dot segments than there are segments", "/../../open/x", "/../../admin"],
  ["two slashes", "/open//x", "/admin//x"],
  ["two slashes at the start, which `new URL` takes for a host", "//open/x", "//admin/x"],
  ["two slashes at the start of the whole path", "//open", "//admin"],
  ["a host and then the path (CVE-2026-26205)", "//open/x", "//evil.test/admin/x"],
  ["three slashes", "///open", "///admin"],
  ["an encoded slash", "/open/..%2fadmin", "/admin%2fx"],
  ["an encoded slash in capitals", "/open/x%2F..%2F..%2Fadmin", "/admin%2Fx"],
  ["an encoded slash at the start of a segment", "/open/%2fadmin", "/%2fadmin"],
  ["a backslash", "/open/..\\admin", "/admin\\x"],
  ["a backslash at the start of a segment", "/open/\\admin", "/\\admin"],
  ["an encoded backslash", "/open/..%5cadmin", "/admin%5Cx"],
  ["parameters of a segment", "/open/x;v=1/y", "/admin;v=1/x"],
  ["empty parameters", "/open/x;", "/admin;"],
  ["parameters that hide a dot segment", "/open/..;/admin", "/x/..;/admin"],
  ["encoded parameters", "/open/x%3bv=1", "/admin%3bv=1/x"],
  ["an encoded NUL", "/open/x%00", "/admin%00"],
  ["an encoded NUL before an ending", "/open/%00.html", "/admin%00.html"],
  ["a letter encoded twice", "/open/%2561", "/%2561dmin"],
  ["dot segments encoded twice", "/open/%252e%252e/admin", "/x/%252e%252e/admin"],
  ["a slash encoded twice", "/open/..%252fadmin", "/admin%252fx"],
  ["a broken escape", "/open/%zz", "/admin/%zz"],
  ["half an escape", "/open/%4", "/admin/%4"],
  ["a percent sign at the end", "/open/%", "/admin/%"],
  ["the absolute form", "http://api.example.com/open/x", "http://api.example.com/admin/x"],
  ["the absolute form of another host", "http://evil.test/open/x", "http://evil.test/ADMIN/x"],
  ["a fragment (CVE-2021-39156)", "/open/x#y", "/admin#y"],
  ["an encoded question mark", "/open/..%3f", "/admin%3fx"],
  ["an encoded fragment", "/open/x%23", "/admin%23x"],
  ["no slash at the start", "open/x", "admin/x", refused],
  ["a backslash instead of the first slash", "\\open", "\\admin", refused],
  ["a NUL", "/open/\0x", "/admin\0", refused],
]

/** 3.1: paths, each in both directions. */
export async function pathRows({ web }: Cast): Promise<ConformanceRow[]> {
  const consumers = [web.consumer()]
  const guard = (path: string) => ({
    global_auth: false,
    consumers,
    rules: [{ match: { path }, allow: ["web"] }],
  })
  const opens = (path: string) => ({
    global_auth: true,
    consumers,
    rules: [{ match: { path }, public: true as const }],
  })
  const row = rowsOf("3.1", guard("/admin/*"))
  const both = (
    [name, open, guarded, coreOnly]: Case,
    publicly: typeof passes | typeof missing,
    held: typeof publicly,
  ) => {
    const reason = coreOnly === undefined ? {} : { coreOnly }
    return [
      row(`path /open/*, public: ${name}`, { config: opens("/open/*"), path: open, ...reason }, publicly),
      row(`path /admin/*, guarded: ${name}`, { path: guarded, ...reason }, held),
    ]
  }
  const exact = guard("/admin")
  const held = [
    "/admin",
    "/admin/",
    "/ADMIN",
    "/admin?x=1",
    "/admin#x",
    "/admin;x",
    "/admin%00",
    "/x/../admin",
    "//admin",
    "//ADMIN%3b\\public",
    "//%61dmin%3b%5cpublic",
    "//ADMIN/public%5cpublic%2f..;",
  ]
  const token = await web.token()
  return [
    ...plain.flatMap((target) => both(target, passes, missing)),
    ...elsewhere.flatMap((target) => both(target, missing, passes)),
    ...ambiguous.flatMap((target) => both(target, missing, missing)),
    ...held.map((path) => row(`path /admin: guards ${path}`, { config: exact, path }, missing)),
    row("path /admin: does not guard what is below", { config: exact, path: "/admin/x" }, passes),
    row("path /open: opens itself", { config: opens("/open"), path: "/Open/" }, passes),
    row("path /open: does not open what is below", { config: opens("/open"), path: "/open/x" }, missing),
    row("path /*: guards the root", { config: guard("/*") }, missing),
    row("path /*: guards everything", { config: guard("/*"), path: "/a/b" }, missing),
    row("path /*: guards the asterisk form", { config: guard("/*"), method: "OPTIONS", path: "*" }, missing),
    row("path /*: opens everything", { config: opens("/*"), path: "/a/b" }, passes),
    row("path /*: does not open what is ambiguous", { config: opens("/*"), path: "/a//b" }, missing),
    row("path /: guards the root", { config: guard("/") }, missing),
    row("path /: guards the root alone", { config: guard("/"), path: "/a" }, passes),
    row("a configured path in capitals", { config: guard("/Admin/X"), path: "/admin/x" }, missing),
    row("a configured path with a trailing slash", { config: guard("/admin/"), path: "/admin" }, missing),
    row(
      "a configured path with an encoded letter",
      { config: guard("/%61dmin/*"), path: "/admin/x" },
      missing,
    ),
    row("a configured path beyond ASCII", { config: guard("/café/*"), path: "/caf%c3%a9/x" }, missing),
    row(
      "a path beyond ASCII that was sent unencoded",
      { config: guard("/café/*"), path: "/caf\xc3\xa9/x", coreOnly: refused },
      missing,
    ),
    row(
      "an unencoded path beyond ASCII opens nothing",
      { config: opens("/*"), path: "/caf\xc3\xa9/x", coreOnly: refused },
      missing,
    ),
    row("an encoded sign that needs no encoding", { config: guard("/~me/*"), path: "/%7Eme/x" }, missing),
    row("a configured public path beyond ASCII", { config: opens("/café/*"), path: "/caf%C3%A9/x" }, passes),
    row("an ambiguous path that nothing guards is left alone", { path: "/a//b/../c" }, passes),
    row(
      "an ambiguous path with a good token arrives as it was sent",
      { path: "/a/..//admin;x/%2e?q=%zz", token },
      allows("web"),
    ),
    row(
      "an ambiguous public path with a good token is no obstacle",
      { config: opens("/open/*"), path: "/open//x", token },
      allows("web"),
    ),
  ]
}
