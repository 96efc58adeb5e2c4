import { createServer, type Server } from "node:http"
import type { Duplex } from "node:stream"
import { type Authenticator, createAuthenticator, type Decision, type Requirement } from "@jwt-auth/core"
import { upgrade } from "@jwt-auth/core/node"
import { twoConsumers } from "@jwt-auth/test-support/consumers"
import { listen } from "@jwt-auth/test-support/http"
import { WebSocketServer } from "ws"

/** One decided handshake, as the server sees it. */
export interface Passage {
  readonly decision: Promise<Decision>
  readonly socket: Duplex
}

/** A server whose decisions wait until they are let go: as long as remote keys may take. */
export interface HeldServer {
  readonly port: number
  /** The next handshake that has come in; its decision is still to be made. */
  next(): Promise<Passage>
  letGo(): void
}

export async function startHeld(): Promise<HeldServer> {
  const { promise: gate, resolve: letGo } = deferred<void>()
  const arrivals: Passage[] = []
  const waiting: ((passage: Passage) => void)[] = []
  const server = startGated(slow(createAuthenticator(twoConsumers), gate), undefined, (passage) => {
    const taker = waiting.shift()
    if (taker === undefined) arrivals.push(passage)
    else taker(passage)
  })
  const next = async () => arrivals.shift() ?? new Promise<Passage>((resolve) => waiting.push(resolve))
  return { port: await listen(server), next, letGo: () => letGo() }
}

/** A server with nothing but the core's `upgrade` in it; an opened socket repeats what it is told. */
export function startGated(
  authenticator: Authenticator,
  requirement?: Requirement,
  onPassage: (passage: Passage) => void = () => {},
): Server {
  const sockets = new WebSocketServer({ noServer: true })
  sockets.on("connection", (ws) => ws.on("message", (data) => ws.send(`you said ${data}`)))
  return createServer((_req, res) => void res.end("plain")).on("upgrade", async (req, socket, head) => {
    const decision = upgrade(authenticator, req, socket, head, requirement)
    onPassage({ decision, socket })
    if ((await decision).outcome === "deny") return
    sockets.handleUpgrade(req, socket, head, (ws) => sockets.emit("connection", ws, req))
  })
}

/** Waits without listening for errors, as `once` of `node:events` would: some tests are about who does. */
export async function closed(socket: Duplex): Promise<void> {
  if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()))
}

function slow(authenticator: Authenticator, gate: Promise<void>): Authenticator {
  const decide: Authenticator["decide"] = async (request, requirement) => {
    await gate
    return authenticator.decide(request, requirement)
  }
  return { decide, reload: authenticator.reload, config: authenticator.config }
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
