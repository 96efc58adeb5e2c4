import { createServer } from "node:http"
import { jwtAuth } from "@jwt-auth/koa"
import Koa from "koa"
import { config, listen } from "../program.js"

const auth = jwtAuth(config)
const app = new Koa()
app.use(auth)
app.use((ctx) => {
  ctx.body = auth.get(ctx)?.claims.sub
})
listen(createServer(app.callback()))
