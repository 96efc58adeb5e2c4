import { createServer } from "node:http"
import express from "express"
import { expressjwt, type Request } from "express-jwt"
import { keyObject, listen, settings } from "../program.js"

const { issuer, audience, algorithm } = settings
const app = express()
app.use(expressjwt({ secret: keyObject(), issuer, audience, algorithms: [algorithm as "RS256"] }))
app.get("/", (req, res) => res.send((req as Request).auth?.sub))
listen(createServer(app))
