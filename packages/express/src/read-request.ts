import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import type { Request } from "express"

/** `originalUrl`, since mounted routers see a shorter `url`. */
export function readRequest(req: Request): AuthRequest {
  return toAuthRequest(req, { host: hostOf(req), path: req.originalUrl })
}

/**
 * `hostname`, since it follows the app's `trust proxy`. Without `X-Forwarded-Host` it is the Host header's, whatever the app
 * trusts, and to ask Express for that costs as much as to decide.
 */
function hostOf(req: Request): string {
  const { host = "", "x-forwarded-host": forwarded } = req.headers
  return forwarded === undefined ? host : (req.hostname ?? "")
}
