import type { IncomingMessage } from "node:http"
import { type Gate, gateOf, type HeaderValues } from "../forward/gate.js"

/** Writes headers into every view that Node has of a request: `headers`, `headersDistinct` and `rawHeaders`. */
export function writeHeaders(
  req: IncomingMessage,
  headers: IncomingMessage["headers"],
  gate: Gate,
  values: HeaderValues,
): void {
  const { rawHeaders } = req
  const owner = ownerOf(req)
  const stands = hasLine(rawHeaders, values)
  // Before the lines change: Node makes these views of them when they are first asked for, by a count from before.
  if (owner !== req) {
    const { headers: joined, headersDistinct: distinct } = owner
    if (inherits(req, owner, "headers")) writeJoined(joined, values)
    if (inherits(req, owner, "headersDistinct")) writeDistinct(distinct, values)
  }
  if (stands || !isMadeWhenAsked(req)) writeDistinct(req.headersDistinct, values)
  else writeWhenAsked(req, gate, values)
  writeJoined(headers, values)
  if (stands) removeLines(rawHeaders, values)
  for (const [name, list] of values) for (const value of list) rawHeaders.push(name, value)
}

function writeJoined(headers: IncomingMessage["headers"], values: HeaderValues): void {
  for (const [name, list] of values) {
    if (name in headers) delete headers[name]
    if (list.length > 0) headers[name] = list.join(", ")
  }
}

function writeDistinct(distinct: IncomingMessage["headersDistinct"] | undefined, values: HeaderValues): void {
  // HTTP/2 has no such view.
  if (distinct === undefined) return
  for (const [name, list] of values) {
    delete distinct[name]
    if (list.length > 0) distinct[name] = [...list]
  }
}

/** The request itself, or the one whose lines a sub-request inherits. What has them by an accessor of its class has them itself. */
function ownerOf(req: IncomingMessage): IncomingMessage {
  const owner = holderOf(req, "rawHeaders")
  if (owner === null || owner === req) return req
  return Object.getOwnPropertyDescriptor(owner, "rawHeaders")?.value === req.rawHeaders ? owner : req
}

/** The request, or the one of those it inherits from, that has this itself. */
function holderOf(req: IncomingMessage, name: "headersDistinct" | "rawHeaders"): IncomingMessage | null {
  let one: IncomingMessage | null = req
  while (one !== null && !Object.hasOwn(one, name)) one = Object.getPrototypeOf(one)
  return one
}

/** False for a view that a sub-request has of its own, as in a batch of which each request has other headers. */
function inherits(req: object, owner: object, view: "headers" | "headersDistinct"): boolean {
  for (let one = req; one !== owner; one = Object.getPrototypeOf(one))
    if (Object.hasOwn(one, view)) return false
  return true
}

/** Not once somebody, such as an earlier middleware, has put something in its place, on this request or on one that it inherits from. */
function isMadeWhenAsked(req: IncomingMessage): boolean {
  const holder = holderOf(req, "headersDistinct")
  // Node's own is on a class, which has no lines.
  return holder !== null && !Object.hasOwn(holder, "rawHeaders")
}

/** To make it costs Node more than all other edits together. */
function writeWhenAsked(req: IncomingMessage, gate: Gate, values: HeaderValues): void {
  // Not the request: V8 may hold on to the gate, and through it to all of that, until it next collects old objects.
  gate.unshown = values
  Object.defineProperty(req, "headersDistinct", whenAsked)
}

/** The same for every request: V8 would not take two objects with accessors of their own for alike. */
const whenAsked: PropertyDescriptor & ThisType<IncomingMessage> = {
  configurable: true,
  get() {
    // A sub-request may inherit this from the request it was made of.
    const req = holderOf(this, "headersDistinct") ?? this
    const value = Reflect.get(Object.getPrototypeOf(req), "headersDistinct", req)
    writeDistinct(value, gateOf(req)?.unshown ?? [])
    Object.defineProperty(req, "headersDistinct", { value, writable: true, configurable: true })
    return value
  },
  set(value: unknown) {
    Object.defineProperty(this, "headersDistinct", { value, writable: true, configurable: true })
  },
}

function hasLine(rawHeaders: readonly string[], values: HeaderValues): boolean {
  for (const [name] of values)
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const line = rawHeaders[i] as string
      if (line.length === name.length && line.toLowerCase() === name) return true
    }
  return false
}

/** In place: proxies and loggers hold on to this very array. */
function removeLines(rawHeaders: string[], values: HeaderValues): void {
  const kept: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const line = rawHeaders[i] as string
    const name = line.toLowerCase()
    if (!values.some(([gone]) => gone === name)) kept.push(line, rawHeaders[i + 1] as string)
  }
  rawHeaders.length = 0
  for (const part of kept) rawHeaders.push(part)
}
