import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import type { Request } from "express"

/** `originalUrl`, since mounted routers see a shorter `url`. */
export function readRequest(req: Request): AuthRequest {
  return toAuthRequest(req, { host: hostOf(req), path: req.originalUrl })
}

/**
 * `hostname`, since it follows the app's `trust proxy`. It is whatever stands before the first colon, though: where it
 * was cut from the Host header, the core has to judge all of that (`good:80@evil` is no host at all).
 */
function hostOf({ hostname = "", headers: { host = "" } }: Request): string {
  return host.startsWith(`${hostname}:`) ? host : hostname
}
