import type { IncomingMessage } from "node:http"
import { describe, expect, it } from "vitest"
import { parsedRequest } from "../../test/parsed-request.js"
import { applyEdits } from "./apply-edits.js"
import { toAuthRequest } from "./to-auth-request.js"

const cleanUp = [{ op: "remove", name: "x-who" }] as const
const web = [...cleanUp, { op: "set", name: "x-who", value: "web" }] as const
const partner = [...cleanUp, { op: "set", name: "x-who", value: "partner" }] as const

describe("edits on a request", () => {
  it("reach headers, headersDistinct and rawHeaders, whichever was looked at before", () => {
    const req = parsedRequest(["X-Who", "spoofed", "Accept", "a", "x-who", "again"])
    expect(req.headers["x-who"]).toBe("spoofed, again")
    applyEdits(req, { headers: web })
    expect(req.headers).toEqual({ accept: "a", "x-who": "web" })
    expect({ ...req.headersDistinct }).toEqual({ accept: ["a"], "x-who": ["web"] })
    expect(req.rawHeaders).toEqual(["Accept", "a", "x-who", "web"])
  })

  it("of a later allow replace the identity of an earlier one", () => {
    const req = parsedRequest(["X-Who", "spoofed"])
    applyEdits(req, { headers: web })
    applyEdits(req, { headers: partner })
    expect(req.headersDistinct["x-who"]).toEqual(["partner"])
  })

  it("of a later pass leave the identity of an earlier allow", () => {
    const req = parsedRequest(["X-Who", "spoofed"])
    applyEdits(req, { headers: web })
    applyEdits(req, { headers: cleanUp })
    expect(req.headers["x-who"]).toBe("web")
  })

  it("of an earlier pass do not keep a later allow from saying who is calling", () => {
    const req = parsedRequest(["X-Who", "spoofed"])
    applyEdits(req, { headers: cleanUp })
    expect(req.headers["x-who"]).toBeUndefined()
    applyEdits(req, { headers: web })
    expect(req.headers["x-who"]).toBe("web")
  })

  it("append after what the client sent, and append once", () => {
    const req = parsedRequest(["X-Roles", "a", "x-roles", "b"])
    const edits = { headers: [{ op: "append", name: "x-roles", value: "c" }] } as const
    applyEdits(req, edits)
    applyEdits(req, edits)
    expect(req.headers["x-roles"]).toBe("a, b, c")
  })

  it("append to nothing of the client's where the header is the gate's", () => {
    const req = parsedRequest(["X-Roles", "spoofed"])
    applyEdits(req, {
      headers: [
        { op: "remove", name: "x-roles" },
        { op: "append", name: "x-roles", value: "c" },
      ],
    })
    expect(req.headersDistinct["x-roles"]).toEqual(["c"])
  })

  it("take out cookies of several Cookie lines, which are one cookie string (RFC 6265 §5.4)", () => {
    const req = parsedRequest(["Cookie", "a=1", "Cookie", "s=t; b=2"])
    toAuthRequest(req, { host: "", path: "/" })
    applyEdits(req, { headers: [{ op: "set", name: "cookie", value: "a=1; b=2" }] })
    expect(req.headers.cookie).toBe("a=1; b=2")
    expect(req.rawHeaders).toEqual(["cookie", "a=1; b=2"])
  })

  it("do not bring back a cookie that an earlier middleware took out", () => {
    const req = parsedRequest(["Cookie", "a=1; s=t; r=u"])
    toAuthRequest(req, { host: "", path: "/" })
    applyEdits(req, { headers: [{ op: "set", name: "cookie", value: "a=1; r=u" }] })
    applyEdits(req, { headers: [{ op: "set", name: "cookie", value: "a=1; s=t" }] })
    expect(req.headers.cookie).toBe("a=1")
    applyEdits(req, { headers: [{ op: "remove", name: "cookie" }] })
    expect(req.headers).not.toHaveProperty("cookie")
  })

  it("strip the query of a mounted router's shorter url, and leave its path", () => {
    const req = parsedRequest([], "/x?t=1&a=%20")
    toAuthRequest(req, { host: "", path: "/mounted/x?t=1&a=%20" })
    req.url = "/x?t=1&a=%20"
    applyEdits(req, { headers: [], path: "/mounted/x?a=%20" })
    expect(req.url).toBe("/x?a=%20")
  })

  it("do not bring back a parameter that an earlier middleware took out", () => {
    const req = parsedRequest([], "/?t=1&u=2&a=3")
    toAuthRequest(req, { host: "", path: "/?t=1&u=2&a=3" })
    applyEdits(req, { headers: [], path: "/?u=2&a=3" })
    applyEdits(req, { headers: [], path: "/?t=1&a=3" })
    expect(req.url).toBe("/?a=3")
  })

  it("leave the url alone when it has no query any more", () => {
    const req = parsedRequest([], "/?t=1")
    toAuthRequest(req, { host: "", path: "/?t=1" })
    req.url = "/"
    applyEdits(req, { headers: [], path: "/" })
    expect(req.url).toBe("/")
  })

  it("work on a request that nobody has read, and on one without headersDistinct", () => {
    const plain = {
      headers: { "x-who": "spoofed" },
      rawHeaders: ["X-Who", "spoofed"],
      url: "/",
    } as unknown as IncomingMessage
    applyEdits(plain, { headers: web })
    expect(plain).toMatchObject({ headers: { "x-who": "web" }, rawHeaders: ["x-who", "web"] })
  })
})

describe("headersDistinct, which Node makes when it is first asked for", () => {
  const sent = ["Accept", "a", "accept", "b"]
  const shown = { accept: ["a", "b"], "x-who": ["web"] }

  it("shows the identity that was written before anybody asked, and stays one object", () => {
    const req = parsedRequest([...sent])
    applyEdits(req, { headers: web })
    expect({ ...req.headersDistinct }).toEqual(shown)
    expect(req.headersDistinct).toBe(req.headersDistinct)
  })

  it("shows it too where it was asked for before", () => {
    const req = parsedRequest([...sent])
    expect(Object.keys(req.headersDistinct)).toEqual(["accept"])
    applyEdits(req, { headers: web })
    expect({ ...req.headersDistinct }).toEqual(shown)
  })

  it("shows the last of several identities, asked in between or not", () => {
    for (const ask of [true, false]) {
      const req = parsedRequest([...sent])
      applyEdits(req, { headers: web })
      if (ask) expect({ ...req.headersDistinct }).toEqual(shown)
      applyEdits(req, { headers: partner })
      expect({ ...req.headersDistinct }).toEqual({ ...shown, "x-who": ["partner"] })
      applyEdits(req, { headers: cleanUp })
      expect({ ...req.headersDistinct }).toEqual({ ...shown, "x-who": ["partner"] })
    }
  })

  it("keeps what the app has put in its place, with the edits made there, before and after", () => {
    const before = parsedRequest([...sent])
    Object.defineProperty(before, "headersDistinct", { value: { "x-who": ["spoofed"] }, writable: true })
    applyEdits(before, { headers: web })
    expect(before.headersDistinct).toEqual({ "x-who": ["web"] })
    const after = parsedRequest([...sent])
    applyEdits(after, { headers: web })
    after.headersDistinct = { "x-who": ["of the app"] }
    expect(after.headersDistinct).toEqual({ "x-who": ["of the app"] })
    applyEdits(after, { headers: partner })
    expect(after.headersDistinct).toEqual({ "x-who": ["partner"] })
  })

  it("shows the identity on a request that inherits from this one, as sub-requests do", () => {
    const req = parsedRequest([...sent])
    applyEdits(req, { headers: web })
    const sub: IncomingMessage = Object.create(req)
    expect({ ...sub.headersDistinct }).toEqual(shown)
    expect({ ...req.headersDistinct }).toEqual(shown)
  })

  it("does not show a spoofed header that the app took out of one view only", () => {
    const req = parsedRequest(["X-Who", "spoofed"])
    delete req.headers["x-who"]
    applyEdits(req, { headers: web })
    expect(req.headersDistinct["x-who"]).toEqual(["web"])
    expect(req.rawHeaders).toEqual(["x-who", "web"])
  })

  it("shows the identity also where the app has shortened rawHeaders in between", () => {
    const req = parsedRequest([...sent])
    applyEdits(req, { headers: web })
    req.rawHeaders.splice(0, 2)
    expect(req.headersDistinct["x-who"]).toEqual(["web"])
  })
})

describe("a sub-request, which an app makes of a request with Object.create", () => {
  const sent = ["X-Who", "spoofed", "Accept", "a"]
  const look = (one: IncomingMessage) => void [one.headers, one.headersDistinct]

  it.each<[string, (one: IncomingMessage) => void, (one: IncomingMessage) => void]>([
    ["nobody has looked", () => {}, () => {}],
    ["somebody has looked at the request", look, () => {}],
    ["somebody has looked at the sub-request", () => {}, look],
    ["somebody has looked at both", look, look],
  ])("shares the edits with it, where %s: every view of both shows them", (_, first, then) => {
    for (const lines of [sent, sent.slice(2)]) {
      const req = parsedRequest([...lines])
      first(req)
      const sub: IncomingMessage = Object.create(req)
      then(sub)
      applyEdits(sub, { headers: web })
      for (const one of [sub, req])
        expect([one.headers, { ...one.headersDistinct }, one.rawHeaders]).toEqual([
          { accept: "a", "x-who": "web" },
          { accept: ["a"], "x-who": ["web"] },
          ["Accept", "a", "x-who", "web"],
        ])
    }
  })

  it("with lines of its own leaves those of the request as they were counted", () => {
    const req = parsedRequest([...sent])
    const rawHeaders = ["X-Who", "spoofed", "Accept", "b"]
    const sub: IncomingMessage = Object.create(req, { rawHeaders: { value: rawHeaders } })
    applyEdits(sub, { headers: cleanUp })
    expect(rawHeaders).toEqual(["Accept", "b"])
    expect({ ...req.headersDistinct }).toEqual({ "x-who": ["spoofed"], accept: ["a"] })
  })

  it("with headers of its own leaves those of the request to the sub-request after it", () => {
    const req = parsedRequest([...sent])
    const own = { value: { ...req.headers } }
    for (const sub of [
      Object.create(req, { headers: own }),
      Object.create(Object.create(req, { headers: own })),
    ])
      applyEdits(sub, { headers: web })
    expect(req.headers).toEqual({ "x-who": "spoofed", accept: "a" })
    expect(own.value).toEqual({ "x-who": "web", accept: "a" })
  })
})

describe("a request whose class has accessors", () => {
  class Shown {
    #lines = ["X-Who", "spoofed"]
    #headers = { "x-who": "spoofed" }
    readonly url = "/"
    get headers() {
      return this.#headers
    }
    get rawHeaders() {
      return this.#lines
    }
    get headersDistinct() {
      return undefined
    }
  }

  it("is edited, though the class itself cannot be asked", () => {
    const req = new Shown() as unknown as IncomingMessage
    applyEdits(req, { headers: web })
    expect([req.headers, req.rawHeaders]).toEqual([{ "x-who": "web" }, ["x-who", "web"]])
  })
})
