import { execFile, spawnSync } from "node:child_process"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { expandCurl } from "../src/expand-curl.js"
import { toAuthRequest } from "../src/http-request.js"
import { parseCurl } from "../src/parse-curl.js"
import { readCurl as readCommand } from "../src/read-curl.js"
import { splitShellWords } from "../src/shell-words.js"
import { memoryIo } from "./memory-io.js"

const readCurl = (text: string) => readCommand(parseCurl(text))
const notesOn = (text: string) => parseCurl(text).notes

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
  ["curl HOST/a >/dev/null -H 'X-A: 1'", "GET /a", { "x-a": "1" }],
  ["curl HOST/a 2>/dev/null 10> /dev/null -b a=1", "GET /a", { cookie: "a=1" }],
  ["curl HOST/2>/dev/null -H 'X-A: 1'", "GET /2", { "x-a": "1" }],
  ["curl >/dev/null 2>&1 HOST/a -H 'X-A: 1' >&-", "GET /a", { "x-a": "1" }],
  ["curl HOST/a <<< 'x y' -H 'X-A: 1' </dev/null", "GET /a", { "x-a": "1" }],
  ["curl HOST/a &>/dev/null &>> /dev/null >>/dev/null >| /dev/null -H X-A:1", "GET /a", { "x-a": "1" }],
  ["curl HOST/a <<E -H 'X-A: 1'\ncurl HOST/b\nE", "GET /a", { "x-a": "1" }],
  ["curl -T /dev/null HOST", "PUT /null"],
  ["curl -T /dev/null HOST/a/", "PUT /a/null"],
  ["curl -T /dev/null HOST/a", "PUT /a"],
  ["curl -T /dev/null 'HOST/a/?x=/y'", "PUT /a/null?x=/y"],
  ["curl -T /dev/null --url-query x=1 HOST/a/", "PUT /a/null?x=1"],
  ["curl -T - HOST/a/ </dev/null", "PUT /a/"],
  ["curl -T . HOST/a/ </dev/null", "PUT /a/"],
  ["curl -G -F a=b HOST", "POST /"],
  ["curl -G -I -d a=1 HOST", "HEAD /?a=1"],
  ["curl -G -d '' HOST", "GET /"],
  ["curl -G -d '' -d a=1 -d '' HOST", "GET /?&a=1&"],
  ["curl -G 'HOST/a?' -d x=1", "GET /a?x=1"],
  ["curl --url-query '' HOST", "GET /"],
  ["curl -u a:b:c HOST", "GET /", { authorization: "Basic YTpiOmM=" }],
  ["curl -u a%40b:c HOST", "GET /", { authorization: "Basic YSU0MGI6Yw==" }],
  ["curl http://us%40er:p%3aw@HOST/x", "GET /x", { authorization: "Basic dXNAZXI6cDp3" }],
  ["curl http://tok@HOST", "GET /", { authorization: "Basic dG9rOg==" }],
  ["curl http://a%3ab:c@HOST", "GET /", { authorization: "Basic YTpiOmM=" }],
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
    expect(notesOn("curl https://x/?a=1&access_token=2")).toEqual([expect.stringContaining("outside quotes")])
    expect(notesOn("curl 'https://x/?a=1&access_token=2' | jq")).toEqual([])
    expect(notesOn("curl https://x && echo done")).toEqual([])
    expect(notesOn("curl https://x &\n")).toEqual([])
  })

  it.each([
    "curl a\ncurl b",
    "$ curl a\n$ curl b",
    "curl a | jq .\n\nuser@host:~$ curl b",
    "curl a; curl b",
    "curl a && curl b",
    "curl a > out\n  /usr/bin/curl b",
  ])("that another follows is explained alone, and that is said: %j", (text) => {
    expect(readCurl(text).host).toBe("a")
    expect(notesOn(text)).toEqual([expect.stringContaining("Only the first curl command is explained")])
  })

  it.each(["curl a\n\n", "curl a\n# then curl b", "curl a | tee curl.log", "curl a\nthe answer of curl a"])(
    "that nothing follows is nothing to note: %j",
    (text) => {
      expect(notesOn(text)).toEqual([])
    },
  )

  it("whose lines have lost their backslashes is cut by the shell, and that is said", () => {
    const text = "curl https://x\n  -H 'Authorization: Bearer a'"
    expect(readCurl(text).headers).toEqual([])
    expect(notesOn(text)).toEqual([expect.stringContaining("line break without a backslash")])
  })

  it.each([
    "% curl a/x",
    "# curl a/x",
    "user@host:~$ curl a/x",
    "(venv) user@host:~$ curl a/x",
    "PS C:\\Users\\me> curl a/x",
    "➜  ~ curl a/x",
    "TOKEN=x curl a/x",
    "time sudo -u web /usr/bin/curl a/x",
    "# use curl for it\n\ncurl a/x",
    "cd curl-tests; curl a/x",
    "TOKEN=$(curl -s b/token)\ncurl a/x",
  ])("begins at its first word curl: %j", (text) => {
    expect(readCurl(text)).toMatchObject({ host: "a", path: "/x" })
  })

  it("sends a file under its name, encoded, without the folders before it", () => {
    const pathOf = (file: string) => readCurl(`curl -T $'${file}' x/up/`).path
    expect(pathOf("a b/n a\\'é(1)*~.txt")).toBe("/up/n%20a%27%C3%A9%281%29%2A~.txt")
    expect(pathOf("C:\\\\b\\\\c")).toBe("/up/c")
    expect(pathOf("a/\\ud800")).toBe("/up/%EF%BF%BD")
  })

  it("sends a user without a password with an empty one: what is typed at the prompt is not known", () => {
    expect(readCurl("curl -u tok x").headers).toEqual([["Authorization", "Basic dG9rOg=="]])
    expect(readCurl("curl -u '' x").headers).toEqual([["Authorization", "Basic Og=="]])
  })

  it("does not end at the words of a here-document", () => {
    expect(readCurl("curl -d @- a <<EOF -H 'X: 1'\n{}\nEOF").headers).toEqual([["X", "1"]])
  })

  it("may write its answer to where only the shell knows", async () => {
    const command = await expandCurl(noFiles, parseCurl('curl a > "$OUT" -H "X: 1"'))
    expect(readCommand(command).headers).toEqual([["X", "1"]])
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
    ["", "there is no curl command: what was read is empty"],
    [" \n", "there is no curl command: what was read is empty"],
    ['curl "$(cat x', "never closed"],
    ["curl -H @headers.txt x", "headers from a file"],
    ["curl -b cookies.txt x", "cookies from a file"],
    ["curl -G -d @query.txt x", "query from a file"],
    ["curl -K config x", "an option that is not followed here: -K"],
    ["curl --netrc x", "an option that is not followed here: --netrc"],
    ["curl a --next b", "an option that is not followed here: --next"],
    ["curl a '2'>/dev/null", "several URLs"],
    ["curl a 2&>/dev/null", "several URLs"],
    ["curl a >", "has a > with nothing behind it"],
    ["curl a > | cat", "has a > with nothing behind it"],
    ["curl a 2>&1 <\n-H 'A: b'", "has a < with nothing behind it"],
    ["curl a -H @<(token)", "has <(…) in it"],
    ["curl a > >(tee log) -H 'A: b'", "has >(…) in it"],
    ["curl -T a -T b x", "uploads several files"],
    ["curl -T '{a,b}' x/", "uploads several files"],
    ["curl -T '' x/", "uploads no file"],
    ["curl -T a -d b x/", "options for several methods"],
    ["curl -T a -I x/", "options for several methods"],
    ["curl -F a=b -G -d c x/", "options for several methods"],
    ["curl -I -d a x", "options for several methods"],
    ["curl -G -d a --url-query b x", "--get and --url-query"],
    ["curl -H 'Host:' x", "sends no Host"],
    ["curl -X 'GET /y' x", "method"],
    ["curl -X $'GET\\r\\nA: b' x", "method"],
    ["curl http://a%ff:b@x", "user"],
    ["curl http://a%zz:b@x", "user"],
    ["curl http:/h/x", "two slashes"],
    ["curl http:///h/x", "two slashes"],
    ["curl https:h/x", "two slashes"],
    ["curl /x", "no host"],
    ["curl '?x'", "no host"],
    ["curl http://a@/x", "no host"],
    ["curl -H $'X: a\\r\\nAuthorization: Bearer x' x", "control character"],
    ["curl -H $'X: a\\nAuthorization: Bearer x' x", "control character"],
    ["curl -H $'X: a\\e[2J' x", "control character"],
    ["curl -H $'X: a\\x7f' x", "control character"],
    ["curl -H $'X: a\\x00b' x", "control character"],
    ["curl -A $'a\\r\\nAuthorization: b' x", "control character"],
    ["curl -b $'a=b\\nAuthorization: b' x", "control character"],
    ["curl --oauth2-bearer $'a\\nX: b' x", "control character"],
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
    ]) {
      const failure = attempt(() => readCurl(command))
      expect(failure).toBeInstanceOf(Error)
      expect(JSON.stringify([failure, String(failure), (failure as { fix?: string }).fix])).not.toContain(
        "eyJ",
      )
    }
  })

  it.each([
    ['curl -H "Authorization: Bearer $TOKEN" x', "has $TOKEN in it"],
    ["curl -H Authorization:$TOKEN x", "has $TOKEN in it"],
    ['curl -H "Authorization: Bearer $\u007bTOKEN}" x', "has $TOKEN in it"],
    ['curl -H "Authorization: Bearer $(vault read token)" x', "has $(…) in it"],
    ['curl -H "Authorization: Bearer $(cat a b)" x', "has $(…) in it"],
    ['curl -H "Authorization: Bearer $(cat -n a)" x', "has $(…) in it"],
    ['curl -H "Authorization: Bearer $(cat a; ls)" x', "has $(…) in it"],
    ["curl -H `token` x", "has `…` in it"],
    ["curl x/$1", "has $1 in it"],
    ["curl x?$?", "has $? in it"],
  ])("with what only a shell expands is refused: %s", async (text, problem) => {
    await expect(expandCurl(noFiles, parseCurl(text))).rejects.toThrow(problem)
  })

  it("may have anything to expand where nothing of it is sent", async () => {
    const command = await expandCurl(noFiles, parseCurl('curl -o "$OUT" x --proxy $PROXY'))
    expect(readCommand(command).host).toBe("x")
  })

  it("of a megabyte is read at once", () => {
    const value = "a".repeat(1_000_000)
    expect(readCurl(`curl -H 'X: ${value}' -H "Y: ${value}" ${value}`).headers).toHaveLength(2)
    const blanks = " ".repeat(400_000)
    expect(readCurl(`curl -H 'X: a${blanks}b${blanks}' a`).headers).toEqual([["X", `a${blanks}b`]])
    expect(() => readCurl(`curl ${"a ".repeat(400_000)}`)).toThrow("several URLs")
    expect(() => readCurl(`curl a ${"> ".repeat(400_000)}`)).toThrow("nothing behind it")
    expect(readCurl(`curl a ${"> b 1".repeat(200_000)}> c`).host).toBe("a")
    const repeated = toAuthRequest(readCurl(`curl a ${"-HX:1 ".repeat(150_000)}`))
    expect(repeated.headers).toEqual({ x: expect.objectContaining({ length: 150_000 }) })
    for (const filler of ["a", " ", "\n", ";", "/", "a ", "$ ", "; ", "\n$ "]) {
      const text = filler.repeat(300_000)
      expect(() => readCurl(text)).toThrow("curl command")
      expect(notesOn(`curl a\n${text}`)).toEqual([])
    }
  })
})

const noFiles = memoryIo().io

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
