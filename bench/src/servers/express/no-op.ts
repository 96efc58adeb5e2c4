import { createServer } from "node:http"
import express from "express"
import { listen } from "../program.js"
import { anyone } from "../settings.js"

const app = express()
app.use((_req, _res, next) => next())
app.get("/", (_req, res) => res.send(anyone))
listen(createServer(app))
