import type { IncomingMessage } from "node:http"
import type { AuthRequest, HeaderEdit } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. */
  readonly original: AuthRequest
  /** Headers of which the client's own copy is gone for good. */
  readonly owned: Set<string>
  /** The header values that each gate has written. A clean-up is meant for the client's copies, and leaves these. */
  readonly written: Map<object, Map<string, readonly string[]>>
}

/** Registered, so that the ESM and the CommonJS copy of this package in one process share it. */
const key = Symbol.for("@jwt-auth/gate")

export function gateOf(req: IncomingMessage): Gate | undefined {
  return (req as { [key]?: Gate })[key]
}

/** Not enumerable: a logger that prints the request prints none of this. */
export function openGate(req: IncomingMessage, original: AuthRequest): Gate {
  const gate: Gate = { original, owned: new Set(), written: new Map() }
  Object.defineProperty(req, key, { value: gate })
  return gate
}

/** Notes the edits of one gate's decision, and says which values each header that they touch has now. */
export function settleHeaders(
  req: IncomingMessage,
  gate: Gate,
  owner: object,
  edits: readonly HeaderEdit[],
): ReadonlyMap<string, readonly string[]> {
  const isCleanUp = edits.every(({ op }) => op === "remove")
  const own = gate.written.get(owner) ?? new Map<string, readonly string[]>()
  const names = new Set(edits.map(({ name }) => name))
  if (!isCleanUp) {
    // Another identity: nothing that this gate wrote for the one before may stay.
    for (const name of own.keys()) names.add(name)
    own.clear()
  }
  gate.written.set(owner, own)
  const client = new Map([...names].map((name) => [name, clientValues(req, gate, name)]))
  for (const { op, name, value = "" } of edits) {
    if (op !== "append") {
      gate.owned.add(name)
      client.set(name, [])
      if (!isCleanUp) for (const values of gate.written.values()) values.delete(name)
    }
    if (op !== "remove") own.set(name, [...(own.get(name) ?? []), value])
  }
  return new Map(
    [...names].map((name) => [name, [...(client.get(name) ?? []), ...writtenValues(gate, name)]]),
  )
}

/** Two gates that append the same claim have appended it once. */
function writtenValues({ written }: Gate, name: string): ReadonlySet<string> {
  return new Set([...written.values()].flatMap((values) => values.get(name) ?? []))
}

/** The client's own values, unless a gate or the app has taken them out. */
function clientValues(req: IncomingMessage, { original, owned }: Gate, name: string): readonly string[] {
  const gone = owned.has(name) || req.headers[name] === undefined
  const value = gone ? undefined : (original.headers as IncomingMessage["headers"])[name]
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}
