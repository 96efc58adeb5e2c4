import type { IncomingMessage } from "node:http"
import fc from "fast-check"
import type { HeaderEdit, RequestEdits } from "../../src/index.js"
import { toAuthRequest } from "../../src/node/index.js"
import { parsedRequest } from "../parsed-request.js"

export type Line = readonly [name: string, value: string]

const lineOf = (names: readonly string[], values: readonly string[]) =>
  fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values))
const managed = ["X-Mse-Consumer", "x-mse-consumer", "X-MSE-CONSUMER", "X-User", "x-user"]
const line: fc.Arbitrary<Line> = fc.oneof(
  lineOf(managed, ["spoofed", "admin", ""]),
  lineOf(["X-Roles", "x-roles", "Accept", "X-Other", "x-other"], ["a", "b, c", "d"]),
  lineOf(["Cookie", "cookie"], ["a=1", "session=t", "a=1; session=t; b=2", " session=t ;c=3"]),
  lineOf(["Authorization", "authorization"], ["Bearer t", "Basic x"]),
  lineOf(["Host", "User-Agent", "Set-Cookie", "__proto__"], ["v", "w"]),
)

const cleanUp: readonly HeaderEdit[] = [
  { op: "remove", name: "x-mse-consumer" },
  { op: "remove", name: "x-user" },
]
const identity: readonly HeaderEdit[] = [
  { op: "set", name: "x-mse-consumer", value: "web" },
  { op: "set", name: "x-user", value: "u-1" },
  { op: "append", name: "x-roles", value: "reader" },
]

/** The edits of a pass, of an allow, and of an allow with `keep_token: false`, for these very lines. */
export function editsFor(
  lines: readonly Line[],
  url: string,
  kind: "pass" | "allow" | "strip",
): RequestEdits {
  if (kind === "pass") return { headers: cleanUp }
  if (kind === "allow") return { headers: [...cleanUp, ...identity] }
  const sent = parsedRequest(lines.flat()).headers.cookie
  const kept = sent?.split(";").filter((pair) => !pair.trim().startsWith("session="))
  const cookie: readonly HeaderEdit[] =
    kept === undefined
      ? []
      : kept.length === 0
        ? [{ op: "remove", name: "cookie" }]
        : [{ op: "set", name: "cookie", value: kept.join(";").trimStart() }]
  const path = url.replace(/access_token=t&?/g, "").replace(/[?&]$/, "")
  return {
    headers: [...cleanUp, { op: "remove", name: "authorization" }, ...cookie, ...identity],
    ...(path !== url && { path }),
  }
}

export const scenario = fc.record({
  lines: fc.array(line, { maxLength: 10 }),
  url: fc.constantFrom(
    "/",
    "/x?a=1",
    "/x?access_token=t",
    "/x?a=1&access_token=t&b=%20",
    "/x?access_token=t&a",
  ),
  kind: fc.constantFrom("pass", "allow", "strip"),
  /** Adapters read the request before they edit it; other code may not. */
  readFirst: fc.boolean(),
  /** A view that has been looked at before is cached by Node. */
  viewsFirst: fc.boolean(),
})

interface Scenario {
  readonly lines: readonly Line[]
  readonly url: string
  readonly readFirst: boolean
  readonly viewsFirst: boolean
}

export function requestOf({ lines, url, readFirst, viewsFirst }: Scenario): IncomingMessage {
  const req = parsedRequest(lines.flat(), url)
  if (viewsFirst) void [req.headers, req.headersDistinct]
  if (readFirst) toAuthRequest(req, { host: "", path: url })
  return req
}

export function linesOf({ rawHeaders }: IncomingMessage): readonly Line[] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, i) => [
    rawHeaders[2 * i] as string,
    rawHeaders[2 * i + 1] as string,
  ])
}

export function viewsOf(req: IncomingMessage) {
  return {
    url: req.url,
    lines: linesOf(req),
    headers: { ...req.headers },
    distinct: { ...req.headersDistinct },
  }
}

export function namesIn(edits: RequestEdits): ReadonlySet<string> {
  return new Set(edits.headers.map(({ name }) => name))
}
