import { createServer } from "node:http"
import { jwtAuth } from "@jwt-auth/express"
import express from "express"
import { config, listen } from "../program.js"

const auth = jwtAuth(config)
const app = express()
app.use(auth)
app.get("/", (req, res) => res.send(auth.get(req)?.claims.sub))
listen(createServer(app))
