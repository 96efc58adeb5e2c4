// One process, one app, both copies of the package: the first strips the token, the second must still see it.
import { createRequire } from "node:module"
import { serve } from "@hono/node-server"
import * as esm from "@jwt-auth/hono"
import { Hono } from "hono"
import { config } from "../gate.cjs"

const cjs = createRequire(import.meta.url)("@jwt-auth/hono")
const everywhere = cjs.jwtAuth(config)
const route = esm.jwtAuth(config)
const copies = esm.jwtAuth === cjs.jwtAuth ? 1 : 2

// HTTPException comes in two copies as well; before 4.5 Hono answers by its own alone.
const { fetch } = new Hono()
  .onError((error) => error.getResponse())
  .use(everywhere)
  .get("/", route.allow("web"), (c) => {
    const authorization = c.req.header("authorization") ?? "stripped"
    const callers = `${c.req.header("x-mse-consumer")} ${everywhere.get(c).consumer} ${route.get(c).consumer}`
    return c.text(`${copies} copies: ${callers} ${authorization}`)
  })

export const app = { listen: (port, hostname) => serve({ fetch, port, hostname }) }
