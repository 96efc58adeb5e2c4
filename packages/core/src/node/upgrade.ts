import type { IncomingMessage } from "node:http"
import type { Duplex } from "node:stream"
import type { Authenticator } from "../authenticator.js"
import { checkRequirement } from "../check-requirement.js"
import type { Decision, Denial, Requirement } from "../decision.js"
import { denialResponse } from "../forward/denial-response.js"
import { applyEdits } from "./apply-edits.js"
import { toAuthRequest } from "./to-auth-request.js"

/**
 * Decides a protocol upgrade, which no middleware sees: call it first thing in a server's `upgrade` listener. A refused
 * one is answered here, with the response that a plain request would get, and its socket is closed. Otherwise the
 * request is edited as `applyEdits` does, and the socket is left to whoever completes the handshake.
 *
 * The host is that of the Host header: a framework's trust in a proxy does not reach this far.
 *
 * @param _head taken so that the arguments of an `upgrade` listener fit as they are
 * @param requirement what this place in the code asks for, standing in for the rules
 * @throws {ConfigError} for a requirement that means nothing under the config, with the socket closed. It is checked anew for
 *   each upgrade: try yours once
 */
export async function upgrade(
  authenticator: Authenticator,
  req: IncomingMessage,
  socket: Duplex,
  _head?: Uint8Array,
  requirement?: Requirement,
): Promise<Decision> {
  // Node has taken its own listener off: without one, a client that goes away ends the process, up to the moment when somebody
  // completes the handshake. So this one stays.
  socket.on("error", ignore)
  try {
    if (requirement !== undefined) checkRequirement(requirement, authenticator.config)
    const request = toAuthRequest(req, { host: req.headers.host ?? "", path: req.url ?? "" })
    const decision = await authenticator.decide(request, requirement)
    if (decision.outcome === "deny") {
      refuse(req, socket, decision.denial)
      return decision
    }
    applyEdits(req, decision.edits, authenticator)
    return decision
  } catch (error) {
    socket.destroy()
    throw error
  }
}

function ignore(): void {}

/** There is no response object here: this is one by hand (RFC 9112 §4). */
function refuse(req: IncomingMessage, socket: Duplex, denial: Denial): void {
  const { status, headers, body } = denialResponse(denial, req.headers.accept)
  const length = String(new TextEncoder().encode(body).length)
  const lines = Object.entries({ ...headers, "Content-Length": length, Connection: "close" })
  const head = [`HTTP/1.1 ${status} ${phrases[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)]
  socket.once("finish", () => socket.destroy())
  // RFC 9110 §9.3.2: what follows an answer to HEAD is taken for the next answer.
  socket.end(`${head.join("\r\n")}\r\n\r\n${req.method === "HEAD" ? "" : body}`)
}

const phrases: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  503: "Service Unavailable",
} satisfies Record<Denial["status"], string>
