import type { AuthRequest } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import type { Context } from "koa"

/** `originalUrl`, Node's own where an Express app has mounted Koa's; `host`, since it follows `app.proxy`. */
export function readRequest(ctx: Context): AuthRequest {
  const { originalUrl: path = ctx.originalUrl } = ctx.req as { originalUrl?: string }
  return toAuthRequest(ctx.req, { host: ctx.host, path })
}
