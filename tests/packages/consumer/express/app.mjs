import { jwtAuth } from "@jwt-auth/express"
import express from "express"
import { config } from "../gate.cjs"

const auth = jwtAuth(config)
export const app = express()
app.get("/", auth.allow("web"), (req, res) => res.send(auth.get(req).consumer))
