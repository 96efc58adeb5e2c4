import { createServer } from "node:http"
import Koa from "koa"
import { listen } from "../program.js"
import { anyone } from "../settings.js"

const app = new Koa()
app.use((_ctx, next) => next())
app.use((ctx) => {
  ctx.body = anyone
})
listen(createServer(app.callback()))
