import { jwtAuth } from "@jwt-auth/koa"
import type Koa from "koa"
import type { NodeApp } from "./node-server.js"
import { nodeViews } from "./node-views.js"
import { seenHeader } from "./protocol.js"
import { observer, same, verbFor } from "./served-row.js"

/** `@types/koa` exists for one major at a time: both are of its type here. */
export function koaApp(Framework: typeof Koa): NodeApp {
  return (row) => {
    const { options, seen } = observer(row)
    const auth = jwtAuth(row.config, options)
    const app = new Framework()
    app.use(verbFor(auth, row))
    app.use((ctx) => {
      const consumer = same(auth.get(ctx), ctx.state["auth"])
      const views = { ...nodeViews(ctx.req), "ctx.headers": ctx.headers }
      ctx.set(seenHeader, seen({ consumer, views, path: ctx.url }))
      ctx.body = "reached"
    })
    return app.callback()
  }
}
