import { createPublicKey, createSecretKey, type KeyObject } from "node:crypto"
import type { AddressInfo, Server } from "node:net"
import type { JwtAuthConfig } from "@jwt-auth/core"
import { readSettings } from "./settings.js"

/** What a server program is told by its parent. */
export const settings = readSettings()

const { issuer, audience, jwk } = settings

/** One consumer, with everything else as it comes. */
export const config: JwtAuthConfig = {
  consumers: [{ name: "web", issuer, audiences: [audience], jwks: { keys: [jwk] } }],
}

/** The key in the form that libraries on `jsonwebtoken` are quickest with: text would be parsed for every token. */
export function keyObject(): KeyObject {
  if (jwk.k !== undefined) return createSecretKey(jwk.k, "base64url")
  return createPublicKey({ key: { ...jwk }, format: "jwk" })
}

/** Listens on a free port of the loopback interface, tells it to the parent, and ends with the parent. */
export function listen(server: Server): void {
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port))
  // The parent asks for the time that the process has computed for so far, on all its threads.
  process.on("message", () => process.send?.(process.cpuUsage()))
  process.on("disconnect", () => process.exit())
}
