import type { IncomingMessage, ServerResponse } from "node:http"
import type { Duplex } from "node:stream"
import type { Authenticator } from "../authenticator.js"
import type { Auth, Decision, JwtClaims, Requirement } from "../decision.js"
import { gateOf, shareOf } from "../forward/gate.js"
import { edit, gateFor } from "./apply-edits.js"
import { upgrade } from "./upgrade.js"

/** What an adapter on Node offers for requests that no middleware sees. */
export interface Upgrades {
  /**
   * For a server's `upgrade` event: a refused upgrade has been answered, and its socket closed, when this resolves to a
   * deny. See `upgrade` of `@jwt-auth/core/node`.
   */
  upgrade(
    req: IncomingMessage,
    socket: Duplex,
    head?: Uint8Array,
    requirement?: Requirement,
  ): Promise<Decision>
}

/** Applies decisions to Node's requests, and remembers who is calling. */
export interface NodeGate extends Upgrades {
  /** Who is calling; undefined for an anonymous request. */
  get<C = JwtClaims>(req: IncomingMessage): Auth<C> | undefined
  /**
   * Edits the request, on a deny too: an error handler may let it go on, and not with an identity of its own making.
   *
   * @returns what strips other copies of the URL in the same way
   */
  apply(req: IncomingMessage, res: ServerResponse, decision: Decision): (url: string) => string
}

/** For adapters on Node: one gate for each authenticator. */
export function nodeGate(authenticator: Authenticator): NodeGate {
  return {
    get: <C>(req: IncomingMessage) => authOf(req, authenticator) as Auth<C> | undefined,
    apply(req, res, decision) {
      const edits = decision.outcome === "deny" ? decision.cleanUp : decision.edits
      const gate = gateFor(req)
      const strip = edit(req, gate, edits ?? { headers: [] }, authenticator)
      if (decision.outcome !== "allow") return strip
      shareOf(gate, authenticator).auth = decision.auth
      // Before the handlers run, so that an app that knows better can still replace it.
      const { cacheControl } = decision
      if (cacheControl !== undefined && !res.hasHeader("Cache-Control"))
        res.setHeader("Cache-Control", cacheControl)
      return strip
    },
    async upgrade(req, socket, head, requirement) {
      const decision = await upgrade(authenticator, req, socket, head, requirement)
      if (decision.outcome === "allow") shareOf(gateFor(req), authenticator).auth = decision.auth
      return decision
    },
  }
}

function authOf(req: IncomingMessage, owner: object): Auth | undefined {
  return gateOf(req)?.shares.find((share) => share.owner === owner)?.auth
}
