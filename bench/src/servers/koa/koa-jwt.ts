import { createServer } from "node:http"
import Koa from "koa"
import jwt from "koa-jwt"
import { keyObject, listen, settings } from "../program.js"

const { issuer, audience, algorithm } = settings
// Handed to jsonwebtoken as it is, which takes a KeyObject; the types know text and Buffer only.
const secret = keyObject() as unknown as Buffer
const app = new Koa()
// A refusal is thrown, and would be printed.
app.silent = true
app.use(jwt({ secret, issuer, audience, algorithms: [algorithm] }))
app.use((ctx) => {
  ctx.body = ctx.state["user"].sub
})
listen(createServer(app.callback()))
