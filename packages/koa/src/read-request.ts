import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import type { Context } from "koa"

/** `originalUrl`, since mounted apps see a shorter `url`; `host`, since it follows `app.proxy`. */
export function readRequest(ctx: Context): AuthRequest {
  return toAuthRequest(ctx.req, { host: ctx.host, path: ctx.originalUrl })
}
