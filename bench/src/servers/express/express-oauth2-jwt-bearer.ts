import { createServer } from "node:http"
import express from "express"
import { type AuthResult, auth } from "express-oauth2-jwt-bearer"
import { listen, settings } from "../program.js"

const { issuer, audience, algorithm, jwk } = settings
const app = express()
app.use(auth({ issuer, audience, publicKey: { keys: [jwk] }, tokenSigningAlg: algorithm }))
app.get("/", (req, res) => res.send((req.auth as unknown as AuthResult).payload.sub))
listen(createServer(app))
