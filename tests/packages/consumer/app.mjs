import { jwtAuth } from "@jwt-auth/express"
import express from "express"
import { answers, config, token } from "./gate.cjs"

const auth = jwtAuth(config)
const app = express()
app.get("/", auth.allow("web"), (req, res) => res.send(auth.get(req).consumer))

const tokens = [token("https://web.example"), undefined, token("https://partner.example")]
console.log(JSON.stringify(await answers(app, tokens)))
