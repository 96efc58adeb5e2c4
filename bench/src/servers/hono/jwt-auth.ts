import { createAdaptorServer } from "@hono/node-server"
import { jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
import { config, listen } from "../program.js"

const auth = jwtAuth(config)
const app = new Hono()
app.use(auth)
app.get("/", (c) => c.text(auth.get(c)?.claims.sub ?? ""))
listen(createAdaptorServer(app))
