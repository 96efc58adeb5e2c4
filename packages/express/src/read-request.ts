import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import type { Request } from "express"

/** `originalUrl`, since mounted routers see a shorter `url`; `hostname`, since it follows the app's `trust proxy`. */
export function readRequest(req: Request): AuthRequest {
  return toAuthRequest(req, { host: req.hostname ?? "", path: req.originalUrl })
}
