import { execFile, spawnSync } from "node:child_process"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readCurl } from "../src/read-curl.js"
import { splitShellWords } from "../src/shell-words.js"

type Row = readonly [command: string, line: string, headers: Readonly<Record<string, string>>]

// Method and target, and the headers that matter, of what each command sends. HOST stands for a host and its port.
const commands: readonly (readonly [string, string, Row[2]?])[] = [
  ["curl HOST", "GET /"],
  ["curl http://HOST/a/b?x=1#part", "GET /a/b?x=1"],
  ["curl 'HOST?x=1'", "GET /?x=1"],
  ["$ curl HOST/a", "GET /a"],
  ["curl -H 'Authorization: Bearer abc' HOST", "GET /", { authorization: "Bearer abc" }],
  ["curl -H'Authorization:Bearer abc  ' HOST", "GET /", { authorization: "Bearer abc" }],
  ['curl --header "Authorization: Bearer \\"a\\"" HOST', "GET /", { authorization: 'Bearer "a"' }],
  ["curl -H $'X-A: it\\'s \\u0021\\x41' HOST", "GET /", { "x-a": "it's !A" }],
  ["curl -sSH 'X-A: 1' HOST -H X-B:2", "GET /", { "x-a": "1", "x-b": "2" }],
  ["curl \\\n  -H 'X-A: 1' \\\r\n  HOST/x \\\n --compressed", "GET /x", { "x-a": "1" }],
  ["curl HOST/con\\\ntinued", "GET /continued"],
  ["curl -X PUT HOST", "PUT /"],
  ["curl -XDELETE HOST", "DELETE /"],
  ["curl --request PATCH -d x HOST", "PATCH /"],
  ["curl -d a=1 HOST", "POST /"],
  ["curl --data-raw '{\"a\": 1}' HOST", "POST /"],
  ["curl --json '{}' HOST", "POST /"],
  ["curl -F a=1 HOST", "POST /"],
  ["curl -I HOST", "HEAD /"],
  ["curl -G -d a=1 -d b=2 HOST/x", "GET /x?a=1&b=2"],
  ["curl -G --data-urlencode 'access_token=a b+c' 'HOST/?z=1'", "GET /?z=1&access_token=a+b%2Bc"],
  ["curl -Gd a=1 HOST", "GET /?a=1"],
  ["curl -b 'session=abc; b=2' HOST", "GET /", { cookie: "session=abc; b=2" }],
  ["curl -b a=1 -b b=2 HOST", "GET /", { cookie: "a=1;b=2" }],
  ["curl -u user:pass HOST", "GET /", { authorization: "Basic dXNlcjpwYXNz" }],
  ["curl http://user:pass@HOST/", "GET /", { authorization: "Basic dXNlcjpwYXNz" }],
  ["curl --oauth2-bearer abc HOST", "GET /", { authorization: "Bearer abc" }],
  ["curl -u a:b -H 'authorization: Bearer x' HOST", "GET /", { authorization: "Bearer x" }],
  [
    "curl -A agent -e http://from.test/ HOST",
    "GET /",
    { "user-agent": "agent", referer: "http://from.test/" },
  ],
  ["curl -H 'Host: api.example.com' HOST", "GET /", { host: "api.example.com" }],
  ["curl -H 'X-Empty;' HOST", "GET /", { "x-empty": "" }],
  ["curl -ksSvifL --max-time 5 -o /dev/null HOST/o", "GET /o"],
  ["curl -so/dev/null HOST/o", "GET /o"],
  ["curl --path-as-is HOST/a/../b", "GET /a/../b"],
  ["curl -g 'HOST/a[1]'", "GET /a[1]"],
  ["curl --url HOST/u", "GET /u"],
  ["curl HOST/a 2>/dev/null", "GET /a"],
  ["curl HOST/a | cat", "GET /a"],
  ["curl HOST/a?x=1&y=2", "GET /a?x=1"],
  ["curl HOST/a # with a comment", "GET /a"],
  ["curl 'HOST/'\"a\"$'\\x62'c", "GET /abc"],
]

const rows = commands.map(([command, line, headers = {}]): Row => [command, line, headers])

const hasCurl = spawnSync("bash", ["-c", "curl --version"]).status === 0

describe("a curl command", () => {
  it.each(rows)("%s", (command, line, headers) => {
    const request = readCurl(command.replaceAll("HOST", "api.test:8080"))
    expect(`${request.method} ${request.path}`).toBe(line)
    expect(request.host).toBe("api.test:8080")
    const sent = Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(sent).toEqual(headers)
  })

  it("sends HTTP to a host without a scheme, and may be a path to curl", () => {
    expect(readCurl("/usr/bin/curl api.test")).toMatchObject({ scheme: "http", host: "api.test" })
    expect(readCurl("curl.exe https://api.test")).toMatchObject({ scheme: "https" })
  })

  it("with an & outside quotes is cut there by the shell, and that is said", () => {
    expect(readCurl("curl https://x/?a=1&access_token=2").notes).toEqual([
      expect.stringContaining("outside quotes"),
    ])
    expect(readCurl("curl 'https://x/?a=1&access_token=2' | jq").notes).toEqual([])
  })

  it("keeps both of two headers of one name", () => {
    const { headers } = readCurl("curl -H 'Authorization: Bearer a' -H 'Authorization: Bearer b' x")
    expect(headers).toEqual([
      ["Authorization", "Bearer a"],
      ["Authorization", "Bearer b"],
    ])
  })

  it.each([
    ["wget x", "not a curl command"],
    ["curl", "no URL"],
    ["curl a b", "several URLs"],
    ["curl 'a", "never closed"],
    ['curl "a', "never closed"],
    ["curl $'a", "never closed"],
    ["curl -H", "--header has no value"],
    ['curl -H "Authorization: Bearer $TOKEN" x', "has $TOKEN in it"],
    ["curl -H Authorization:$TOKEN x", "has $TOKEN in it"],
    ['curl -H "Authorization: Bearer $\u007bTOKEN}" x', "has $TOKEN in it"],
    ['curl -H "Authorization: Bearer $(cat token)" x', "a command in a command"],
    ["curl -H `cat token` x", "a command in a command"],
    ["curl -H @headers.txt x", "headers from a file"],
    ["curl -b cookies.txt x", "cookies from a file"],
    ["curl -G -d @query.txt x", "query from a file"],
    ["curl -K config x", "an option that is not followed here: -K"],
    ["curl --netrc x", "an option that is not followed here: --netrc"],
    ["curl a --next b", "an option that is not followed here: --next"],
    ["curl x/a/../b", "resolves the dots"],
    ["curl 'x/{a,b}'", "several requests"],
    ["curl ftp://x", "not one of http or https"],
    ["curl 'http://x/a b'", "percent-encoded"],
    ['curl ^"https://x^" ^\n  -H ^"a: b^"', "the Windows prompt"],
    ["curl https://x ^\r\n -H a:b", "the Windows prompt"],
  ])("is refused, and why: %s", (command, problem) => {
    expect(() => readCurl(command)).toThrow(problem)
  })

  it("shows nothing of a token when it is refused", () => {
    const token = "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"
    for (const command of [
      `curl -H "Authorization: Bearer ${token}`,
      `curl --oauth2-bearer ${token} a b`,
      `curl --${token} a`,
      `curl -K${token} a`,
      `curl -H '${token}' a`,
      `${token} curl`,
      `curl -H "Authorization: Bearer ${token} $TOKEN" a`,
    ]) {
      const failure = attempt(() => readCurl(command))
      expect(failure).toBeInstanceOf(Error)
      expect(JSON.stringify([failure, String(failure), (failure as { fix?: string }).fix])).not.toContain(
        "eyJ",
      )
    }
  })

  it("of a megabyte is read at once", () => {
    const value = "a".repeat(1_000_000)
    expect(readCurl(`curl -H 'X: ${value}' -H "Y: ${value}" ${value}`).headers).toHaveLength(2)
  })
})

function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (failure) {
    return failure
  }
}

describe.runIf(hasCurl)("curl itself", () => {
  let seen: IncomingMessage | undefined
  const server = createServer((request, response) => {
    seen = request
    response.end()
  })
  let host = ""

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  it.each(rows.filter(([command]) => !/^\$|\r/.test(command)))(
    "sends the same: %s",
    async (command, line, headers) => {
      seen = undefined
      await inBash(command.replaceAll("HOST", host))
      const request = seen as IncomingMessage | undefined
      // Its versions differ in the case of what they encode.
      expect(`${request?.method} ${request?.url}`.replaceAll("%2b", "%2B")).toBe(line)
      expect(request?.headers).toMatchObject(headers)
    },
  )
})

describe.runIf(hasCurl)("words", () => {
  it.each([
    "a 'b c' \"d e\" f\\ g",
    "'' \"\" a''b",
    '"a\\$b\\`c\\"d\\\\e\\f"',
    "$'a\\n\\t\\\\\\'\\\"\\e\\101\\x41\\u00e9\\q'",
    "a\\\nb 'c\\\nd' \"e\\\nf\"",
    "a#b #c",
    "$ a$ \"$\" 'a'$",
    "x=1 ~ * ? {a,b}",
  ])("are what bash makes of them: %j", async (text) => {
    const { words } = splitShellWords(text)
    const script = `set -f; set +B; HOME='~'; printf '%s\\0' ${text}`
    const { stdout } = await inBash(script)
    expect(words).toEqual(stdout.split("\0").slice(0, -1))
  })
})

/** Not synchronously: the server is in this process. */
function inBash(script: string): Promise<{ stdout: string }> {
  const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8", HOME: "/nonexistent" }
  return new Promise((resolve, reject) => {
    execFile("bash", ["-c", script], { env, timeout: 10_000 }, (failure, stdout, stderr) =>
      failure === null ? resolve({ stdout }) : reject(new Error(stderr)),
    )
  })
}
