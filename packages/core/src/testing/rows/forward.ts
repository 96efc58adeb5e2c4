import type { ClaimToHeader } from "../../config/document.js"
import { type Cast, only } from "../cast.js"
import { allows } from "../expectations.js"
import type { ConformanceRow, HeaderLine } from "../row.js"
import { rowsOf } from "../row-builder.js"

/** 3.8: claims as headers for the app behind. */
export async function forwardRows({ web }: Cast): Promise<ConformanceRow[]> {
  const config = (...claims_to_headers: readonly ClaimToHeader[]) => only(web.consumer({ claims_to_headers }))
  const replacing = config({ claim: "role", header: "X-Role" })
  const appending = config({ claim: "role", header: "X-Role", override: false })
  const row = rowsOf("3.8", replacing)
  const role = (value: string | readonly string[] | null) =>
    allows("web", { downstream: { "x-role": value } })
  const sent: readonly HeaderLine[] = [["X-Role", "root"]]
  const values: readonly (readonly [name: string, claim: unknown, header: string | null])[] = [
    ["a string", "admin", "admin"],
    ["an empty string", "", ""],
    ["a string with spaces and signs", 'a, b; "c" = d', 'a, b; "c" = d'],
    ["zero", 0, "0"],
    ["an unsigned integer", 42, "42"],
    ["the largest integer that is exact", Number.MAX_SAFE_INTEGER, "9007199254740991"],
    ["a string of digits", "0042", "0042"],
    ["beyond ASCII, as UTF-8 bytes", "café", "caf\xc3\xa9"],
    ["beyond Latin-1, as UTF-8 bytes", "日本", "\xe6\x97\xa5\xe6\x9c\xac"],
    ["beyond the first plane, as UTF-8 bytes", "😀", "\xf0\x9f\x98\x80"],
    ["absent", undefined, null],
    ["null", null, null],
    ["true", true, null],
    ["a negative integer", -1, null],
    ["a fraction", 1.5, null],
    ["an array", ["admin"], null],
    ["an object", { admin: true }, null],
    ["with a line break: header injection", "admin\r\nX-Evil: 1", null],
    ["with a line feed", "admin\nX-Evil: 1", null],
    ["with a carriage return", "a\rb", null],
    ["with a NUL", "a\0b", null],
    ["with a tab", "a\tb", null],
    ["with DEL", "a\x7fb", null],
    ["with a C1 control", "a\x85b", null],
    ["with white space before it, which would be lost on the way", " admin", null],
    ["with white space after it, which would be lost on the way", "admin ", null],
    ["with half a character", "admin\ud83d", null],
  ]
  const forwarded = await Promise.all(
    values.map(async ([name, claim, header]) => {
      const token = await web.token({ role: claim })
      const appended = header === null ? ["root"] : ["root", header]
      return [
        row(`claim over a client's own header: ${name}`, { token, headers: sent }, role(header)),
        row(
          `claim after a client's own header: ${name}`,
          { config: appending, token, headers: sent },
          role(appended),
        ),
      ]
    }),
  )
  const admin = await web.token({ role: "admin", team: "blue" })
  return [
    ...forwarded.flat(),
    row("override true without a client's own header", { token: admin }, role("admin")),
    row("override true without a client's own header or a claim", { token: await web.token() }, role(null)),
    row("override false without a client's own header", { config: appending, token: admin }, role("admin")),
    row(
      "override false after two lines of a client's own",
      { config: appending, token: admin, headers: [...sent, ["x-role", "guest"]] },
      role(["root", "guest", "admin"]),
    ),
    row(
      "override true over two lines of a client's own",
      { token: admin, headers: [...sent, ["x-role", "guest"]] },
      role("admin"),
    ),
    row(
      "a header name in any case is the same header",
      { config: config({ claim: "role", header: "x-rOLE" }), token: admin, headers: [["X-ROLE", "root"]] },
      role("admin"),
    ),
    row(
      "several claims",
      {
        config: config(
          { claim: "role", header: "X-Role" },
          { claim: "team", header: "X-Team" },
          { claim: "iss", header: "X-Iss" },
        ),
        token: admin,
      },
      allows("web", { downstream: { "x-role": "admin", "x-team": "blue", "x-iss": "https://web.example" } }),
    ),
    row(
      "one claim in two headers",
      {
        config: config({ claim: "role", header: "X-Role" }, { claim: "role", header: "X-Also" }),
        token: admin,
      },
      allows("web", { downstream: { "x-role": "admin", "x-also": "admin" } }),
    ),
    row(
      "two claims appended to one header",
      {
        config: config(
          { claim: "role", header: "X-Role", override: false },
          { claim: "team", header: "X-Role", override: false },
        ),
        token: admin,
      },
      role(["admin", "blue"]),
    ),
    row(
      "a claim that every object has is absent",
      { config: config({ claim: "constructor", header: "X-Role" }), token: admin, headers: sent },
      role(null),
    ),
    row(
      "a dot in the name of a claim is a dot",
      { config: config({ claim: "a.b", header: "X-Role" }), token: await web.token({ a: { b: "nested" } }) },
      allows("web"),
    ),
    row(
      "a claim with a dot in its name",
      { config: config({ claim: "a.b", header: "X-Role" }), token: await web.token({ "a.b": "dotted" }) },
      role("dotted"),
    ),
    row(
      "exp as a header",
      { config: config({ claim: "exp", header: "X-Role" }), token: admin },
      role("1900000300"),
    ),
    row(
      "what the client sent beside it arrives as it was",
      {
        token: admin,
        headers: [
          ["X-Other", "1"],
          ["X-Other", "2"],
          ["Cookie", "a=1; b=2"],
        ],
        path: "/a?b=%zz&&c",
      },
      role("admin"),
    ),
  ]
}
