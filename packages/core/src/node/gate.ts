import type { IncomingMessage } from "node:http"
import type { AuthRequest, HeaderEdit } from "../decision.js"

/** What is remembered of a request between two middlewares. */
export interface Gate {
  /** The request as the client sent it, before any edit. */
  readonly original: AuthRequest
  /** Headers of which the client's own copy is gone for good. */
  readonly owned: Set<string>
  /** The values that decisions have written. A clean-up is meant for the client's copies, and leaves these. */
  readonly written: Map<string, readonly string[]>
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

/** Notes a decision's edits, and says which values each edited header has now. */
export function settleHeaders(
  gate: Gate,
  edits: readonly HeaderEdit[],
): ReadonlyMap<string, readonly string[]> {
  const isCleanUp = edits.every(({ op }) => op === "remove")
  for (const { op, name, value = "" } of edits) {
    if (op !== "append") gate.owned.add(name)
    if (op === "set") gate.written.set(name, [value])
    else if (op === "remove" && !isCleanUp) gate.written.delete(name)
    else if (op === "append") appendOnce(gate, name, value)
  }
  return new Map(
    edits.map(({ name }) => [name, [...clientValues(gate, name), ...(gate.written.get(name) ?? [])]]),
  )
}

/** Two middlewares that append the same claim have appended it once. */
function appendOnce({ written }: Gate, name: string, value: string): void {
  const values = written.get(name) ?? []
  if (!values.includes(value)) written.set(name, [...values, value])
}

function clientValues({ original, owned }: Gate, name: string): readonly string[] {
  const value = owned.has(name) ? undefined : (original.headers as IncomingMessage["headers"])[name]
  if (value === undefined) return []
  return typeof value === "string" ? [value] : value
}
