import { describe, expect, it } from "vitest"
import type { RequestEdits } from "../decision.js"
import { applyEdits } from "./apply-edits.js"
import { toAuthRequest } from "./to-auth-request.js"

const cleanUp = [{ op: "remove", name: "x-who" }] as const
const web = [...cleanUp, { op: "set", name: "x-who", value: "web" }] as const
const partner = [...cleanUp, { op: "set", name: "x-who", value: "partner" }] as const
const spoofed = { "X-Who": "spoofed", Accept: "a" }

/** As Workers and Deno hand them over. */
function immutable(request: Request): Request {
  const refuse = () => {
    throw new TypeError("immutable")
  }
  return Object.assign(request, {
    held: Object.assign(request.headers, { append: refuse, delete: refuse, set: refuse }),
  })
}

/** Decides nothing, but remembers the request as an authenticator's adapter does. */
function apply(request: Request, edits: RequestEdits, holder?: object): Request {
  toAuthRequest(request, holder)
  return applyEdits(request, edits, holder === undefined ? {} : { holder })
}

function shown(request: Request): object {
  return Object.fromEntries(request.headers)
}

async function used(request: Request): Promise<Request> {
  await request.text()
  return request
}

const post = (headers: HeadersInit = spoofed, url = "http://a.test/") =>
  new Request(url, { method: "POST", body: "hello", headers })

describe("edits of headers", () => {
  it("change the request itself where that can be", () => {
    const request = post()
    const held = request.headers
    expect(apply(request, { headers: web })).toBe(request)
    expect(request.headers).toBe(held)
    expect(shown(request)).toMatchObject({ accept: "a", "x-who": "web" })
  })

  it("change the request itself also when its body has been read", async () => {
    const request = await used(post())
    expect(apply(request, { headers: web })).toBe(request)
    expect(shown(request)).toMatchObject({ "x-who": "web" })
    expect(Object.hasOwn(request, "headers")).toBe(false)
  })

  it("make another request where headers are immutable, with method, signal and body, and leave the first alone", async () => {
    const controller = new AbortController()
    const request = immutable(new Request(post(), { signal: controller.signal }))
    const next = apply(request, { headers: web })
    expect(next).not.toBe(request)
    expect(shown(next)).toMatchObject({ accept: "a", "x-who": "web" })
    expect(shown(request)).toMatchObject({ "x-who": "spoofed" })
    controller.abort()
    expect([next.method, next.url, next.signal.aborted]).toEqual(["POST", "http://a.test/", true])
    expect(await next.text()).toBe("hello")
  })

  it("cover the old ones where headers are immutable and the body has been read", async () => {
    const request = await used(immutable(post()))
    expect(apply(request, { headers: web })).toBe(request)
    expect(shown(request)).toMatchObject({ accept: "a", "x-who": "web" })
    expect(shown(new Request("http://b.test/", { headers: request.headers }))).toMatchObject({
      "x-who": "web",
    })
    expect(apply(request, { headers: partner })).toBe(request)
    expect(shown(request)).toMatchObject({ "x-who": "partner" })
  })

  it("of one that is immutable and asks for an upgrade make another request: only Bun needs the first", () => {
    const request = immutable(
      new Request("http://a.test/", { headers: { ...spoofed, upgrade: "websocket" } }),
    )
    expect(shown(apply(request, { headers: web }))).toMatchObject({ "x-who": "web" })
  })

  it("of which there are none change nothing", () => {
    const request = post()
    expect(apply(request, { headers: [] })).toBe(request)
    expect(shown(request)).toMatchObject({ "x-who": "spoofed" })
  })
})

describe("edits of the URL", () => {
  const url = "http://a.test/x?a=%20&t=1#f"
  const edits = { headers: web, path: "/x?a=%20#f" }

  it("make another request with the same headers and body, immutable or not", async () => {
    for (const make of [(request: Request) => request, immutable]) {
      const request = make(post(spoofed, url))
      const next = apply(request, edits)
      expect([next.url, next.method]).toEqual(["http://a.test/x?a=%20#f", "POST"])
      expect(shown(next)).toMatchObject({ accept: "a", "x-who": "web" })
      expect(await next.text()).toBe("hello")
    }
  })

  it("cover the old one where the body has been read", async () => {
    const request = await used(post(spoofed, url))
    expect(apply(request, edits)).toBe(request)
    expect([request.url, shown(request)]).toEqual([
      "http://a.test/x?a=%20#f",
      expect.objectContaining({ "x-who": "web" }),
    ])
  })

  it("are seen in a clone as well, whatever the client says of Upgrade", () => {
    const request = new Request(url, { headers: { ...spoofed, upgrade: "h2c" } })
    const next = apply(request, edits)
    expect([next.url, next.clone().url, new Request(next).url]).toEqual(
      Array(3).fill("http://a.test/x?a=%20#f"),
    )
  })

  it("leave host, port and fragment as they were, and the query byte for byte", () => {
    const request = new Request("https://a.test:8443/%7e?x=%7E&t=1&y=a+b#t=1")
    const next = apply(request, { headers: [], path: "/%7e?x=%7E&y=a+b#t=1" })
    expect(next.url).toBe("https://a.test:8443/%7e?x=%7E&y=a+b#t=1")
  })

  it("take the parameter from a shorter URL too, and do not bring back what the app took out", () => {
    const holder = {}
    toAuthRequest(new Request("http://a.test/sub/x?t=1&a=2&b=3"), holder)
    const next = applyEdits(
      new Request("http://a.test/x?t=1&a=2"),
      { headers: [], path: "/sub/x?a=2&b=3" },
      { owner: holder, holder },
    )
    expect(next.url).toBe("http://a.test/x?a=2")
  })
})

describe("edits in a row", () => {
  it("of a later allow replace an earlier identity, and of a later pass leave it, also on another request", () => {
    for (const make of [(request: Request) => request, immutable]) {
      const first = apply(make(post()), { headers: web })
      expect(shown(apply(first, { headers: cleanUp }))).toMatchObject({ "x-who": "web" })
      expect(shown(apply(first, { headers: partner }))).toMatchObject({ "x-who": "partner" })
    }
  })

  it("go on with what was remembered when the request is another one, with and without a holder", () => {
    const append = { headers: [{ op: "append", name: "x-tag", value: "c" }] } as const
    for (const holder of [undefined, {}]) {
      const request = immutable(post({ "X-Tag": "a" }))
      const next = apply(apply(request, append, holder), append, holder)
      expect(shown(next)).toMatchObject({ "x-tag": "a, c" })
      expect(toAuthRequest(next, holder ?? next)).toBe(toAuthRequest(request, holder ?? request))
    }
  })

  it("of two owners stand side by side, and one's clean-up leaves the other's", () => {
    const request = post()
    const [a, b] = [{}, {}]
    const service = [{ op: "set", name: "x-service", value: "s" }] as const
    applyEdits(request, { headers: web }, { owner: a })
    applyEdits(request, { headers: service }, { owner: b })
    applyEdits(request, { headers: cleanUp }, { owner: b })
    expect(shown(request)).toMatchObject({ "x-who": "web", "x-service": "s" })
  })

  it("take a token from a cookie, and no cookie that the app took out comes back", () => {
    const request = post({ cookie: "a=1; t=2; b=3" })
    toAuthRequest(request)
    request.headers.set("cookie", "t=2; b=3")
    apply(request, { headers: [{ op: "set", name: "cookie", value: "a=1; b=3" }] })
    expect(shown(request)).toMatchObject({ cookie: "b=3" })
    apply(request, { headers: [{ op: "remove", name: "cookie" }] })
    expect(shown(request)).not.toHaveProperty("cookie")
  })
})
