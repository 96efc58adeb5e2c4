import { jwtAuth } from "@jwt-auth/koa"
import Koa from "koa"
import { config } from "../gate.cjs"

const auth = jwtAuth(config)
export const app = new Koa()
app.use(auth.allow("web"))
app.use((ctx) => {
  ctx.body = auth.get(ctx).consumer
})
