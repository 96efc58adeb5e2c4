import type { IncomingMessage } from "node:http"
import { type Gate, gateOf } from "../forward/gate.js"

/** All values of each header that changes; none for one that goes. Names are lower-case. */
type Values = ReadonlyMap<string, readonly string[]>

/** Writes headers into every view that Node has of a request: `headers`, `headersDistinct` and `rawHeaders`. */
export function writeHeaders(
  req: IncomingMessage,
  headers: IncomingMessage["headers"],
  gate: Gate,
  values: Values,
): void {
  const { rawHeaders } = req
  const stands = hasLine(rawHeaders, values)
  // Before the lines change: Node makes this view of them when it is first asked for, by a count from before.
  if (stands || !isMadeWhenAsked(req)) writeDistinct(req.headersDistinct, values)
  else writeWhenAsked(req, gate, values)
  for (const [name, list] of values) {
    if (name in headers) delete headers[name]
    if (list.length > 0) headers[name] = list.join(", ")
  }
  if (stands) removeLines(rawHeaders, values)
  for (const [name, list] of values) for (const value of list) rawHeaders.push(name, value)
}

function writeDistinct(distinct: IncomingMessage["headersDistinct"] | undefined, values: Values): void {
  // HTTP/2 has no such view.
  if (distinct === undefined) return
  for (const [name, list] of values) {
    delete distinct[name]
    if (list.length > 0) distinct[name] = [...list]
  }
}

/** Not once somebody, such as an earlier middleware, has put something in its place. */
function isMadeWhenAsked(req: IncomingMessage): boolean {
  return "headersDistinct" in req && !Object.hasOwn(req, "headersDistinct")
}

/** To make it costs Node more than all other edits together. */
function writeWhenAsked(req: IncomingMessage, gate: Gate, values: Values): void {
  // Not the request: V8 may hold on to the gate, and through it to all of that, until it next collects old objects.
  gate.unshown = values
  Object.defineProperty(req, "headersDistinct", whenAsked)
}

/** The same for every request: V8 would not take two objects with accessors of their own for alike. */
const whenAsked: PropertyDescriptor & ThisType<IncomingMessage> = {
  configurable: true,
  get() {
    // A sub-request may inherit this from the request it was made of.
    let req: IncomingMessage = this
    while (!Object.hasOwn(req, "headersDistinct")) req = Object.getPrototypeOf(req)
    const value = Reflect.get(Object.getPrototypeOf(req), "headersDistinct", req)
    writeDistinct(value, gateOf(req)?.unshown ?? new Map())
    Object.defineProperty(req, "headersDistinct", { value, writable: true, configurable: true })
    return value
  },
  set(value: unknown) {
    Object.defineProperty(this, "headersDistinct", { value, writable: true, configurable: true })
  },
}

function hasLine(rawHeaders: readonly string[], values: Values): boolean {
  for (const name of values.keys())
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const line = rawHeaders[i] as string
      if (line.length === name.length && line.toLowerCase() === name) return true
    }
  return false
}

/** In place: proxies and loggers hold on to this very array. */
function removeLines(rawHeaders: string[], values: Values): void {
  const kept: string[] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    if (!values.has(name.toLowerCase())) kept.push(name, rawHeaders[i + 1] as string)
  }
  rawHeaders.length = 0
  for (const part of kept) rawHeaders.push(part)
}
