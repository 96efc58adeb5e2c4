import type { IncomingMessage } from "node:http"
import { expect, it } from "vitest"
import { isUnread } from "./made-of.js"

const nodes = { rawHeaders: ["X-Who", "spoofed"] }
const another = { rawHeaders: [] }

/** An object that a server hands over as a `Request`. */
function facade(own: object): Request {
  return Object.assign(Object.create(Object.create(Request.prototype)), own)
}

// True: what is read of it comes from Node's request.
it.each<[string, Request, boolean]>([
  ["with Node's request and texts alone", facade({ text: "GET", [Symbol("node")]: nodes }), true],
  ["with headers of its own", facade({ [Symbol("node")]: nodes, [Symbol("headers")]: new Headers() }), false],
  ["of another request of Node's", facade({ text: "GET", [Symbol("node")]: another }), false],
  ["of two requests of Node's", facade({ [Symbol("node")]: nodes, [Symbol("other")]: another }), false],
  ["of no request of Node's", facade({ text: "GET" }), false],
  ["that is a Request itself", new Request("http://a.test/"), false],
])("a request %s", (_, request, expected) => {
  expect(isUnread(request, nodes as unknown as IncomingMessage)).toBe(expected)
})

it("a request is unread until somebody asks for its headers", () => {
  const key = Symbol("headers")
  const prototype = Object.create(Request.prototype, {
    headers: {
      get(this: Record<symbol, Headers>) {
        this[key] ??= new Headers()
        return this[key]
      },
    },
  })
  const request: Request = Object.assign(Object.create(prototype), { [Symbol("node")]: nodes })
  expect(isUnread(request, nodes as unknown as IncomingMessage)).toBe(true)
  request.headers.get("x-who")
  expect(isUnread(request, nodes as unknown as IncomingMessage)).toBe(false)
})
