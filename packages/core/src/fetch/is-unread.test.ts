import { expect, it } from "vitest"
import { openGate, shareOf } from "../forward/gate.js"
import { applyEdits } from "./apply-edits.js"
import { isUnread } from "./facade.js"
import { toAuthRequest } from "./to-auth-request.js"

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
  expect(isUnread(request, nodes)).toBe(expected)
})

it("one of several authenticators that wrote on Node's request is not known here: the request is edited itself", () => {
  const headers = new Headers({ "x-who": "of another" })
  const prototype = Object.create(Request.prototype, {
    url: { value: "http://a.test/" },
    headers: { get: () => headers },
  })
  const request: Request = Object.assign(Object.create(prototype), { [Symbol("node")]: nodes })
  const [holder, owner] = [{}, {}]
  toAuthRequest(request, holder, { method: "GET", host: "a.test", path: "/" }, nodes)
  const gate = openGate(nodes, { method: "GET", host: "", path: "/", headers: {} })
  for (const one of [owner, {}]) shareOf(gate, one)
  applyEdits(request, { headers: [{ op: "remove", name: "x-who" }] }, { holder, owner, beneath: nodes })
  expect(headers.has("x-who")).toBe(false)
})
