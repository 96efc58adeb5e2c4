// One process, one app, both copies of the package: the first strips the token, the second must still see it.
import { createRequire } from "node:module"
import * as esm from "@jwt-auth/express"
import express from "express"
import { answers, config, token } from "./gate.cjs"

const cjs = createRequire(import.meta.url)("@jwt-auth/express")
const everywhere = cjs.jwtAuth(config)
const route = esm.jwtAuth(config)

const app = express()
app.use(everywhere)
app.get("/", route.allow("web"), (req, res) => {
  const { authorization = "stripped", "x-mse-consumer": consumer } = req.headers
  res.send(`${consumer} ${everywhere.get(req).consumer} ${route.get(req).consumer} ${authorization}`)
})

const copies = esm.jwtAuth === cjs.jwtAuth ? 1 : 2
const found = await answers(app, [token("https://web.example"), token("https://partner.example")])
console.log(JSON.stringify({ copies, found }))
