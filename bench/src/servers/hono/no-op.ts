import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { listen } from "../program.js"
import { anyone } from "../settings.js"

const app = new Hono()
app.use((_c, next) => next())
app.get("/", (c) => c.text(anyone))
listen(createAdaptorServer(app))
