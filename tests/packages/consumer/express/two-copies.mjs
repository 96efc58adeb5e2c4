// One process, one app, both copies of the package: the first strips the token, the second must still see it.
import { createRequire } from "node:module"
import * as esm from "@jwt-auth/express"
import express from "express"
import { config } from "../gate.cjs"

const cjs = createRequire(import.meta.url)("@jwt-auth/express")
const everywhere = cjs.jwtAuth(config)
const route = esm.jwtAuth(config)
const copies = esm.jwtAuth === cjs.jwtAuth ? 1 : 2

export const app = express()
app.use(everywhere)
app.get("/", route.allow("web"), (req, res) => {
  const { authorization = "stripped", "x-mse-consumer": consumer } = req.headers
  const callers = `${consumer} ${everywhere.get(req).consumer} ${route.get(req).consumer}`
  res.send(`${copies} copies: ${callers} ${authorization}`)
})
