import { jwtAuth } from "@jwt-auth/express"
import type express from "express"
import type { NodeApp } from "./node-server.js"
import { nodeViews } from "./node-views.js"
import { seenHeader } from "./protocol.js"
import { observer, same, verbFor } from "./served-row.js"

/** `@types/express` exists for one major at a time: both are of its type here. */
export function expressApp(framework: typeof express): NodeApp {
  return (row) => {
    const { options, seen } = observer(row)
    const auth = jwtAuth(row.config, options)
    const app = framework()
    app.use(verbFor(auth, row))
    app.use((req, res) => {
      const consumer = same(auth.get(req), (req as { auth?: unknown }).auth)
      res.setHeader(seenHeader, seen({ consumer, views: nodeViews(req), path: req.url }))
      res.end("reached")
    })
    return app
  }
}
