// One process, one app, both copies of the package: the first strips the token, the second must still see it.
import { createRequire } from "node:module"
import * as esm from "@jwt-auth/koa"
import Koa from "koa"
import { config } from "../gate.cjs"

const cjs = createRequire(import.meta.url)("@jwt-auth/koa")
const everywhere = cjs.jwtAuth(config)
const route = esm.jwtAuth(config)
const copies = esm.jwtAuth === cjs.jwtAuth ? 1 : 2

export const app = new Koa()
app.use(everywhere)
app.use(route.allow("web"))
app.use((ctx) => {
  const { authorization = "stripped", "x-mse-consumer": consumer } = ctx.headers
  const callers = `${consumer} ${everywhere.get(ctx).consumer} ${route.get(ctx).consumer}`
  ctx.body = `${copies} copies: ${callers} ${authorization}`
})
