import { serve } from "@hono/node-server"
import { jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
import { config } from "../gate.cjs"

const auth = jwtAuth(config)
const { fetch } = new Hono().get("/", auth.allow("web"), (c) => c.text(c.get("auth").consumer))

export const app = { listen: (port, hostname) => serve({ fetch, port, hostname }) }
