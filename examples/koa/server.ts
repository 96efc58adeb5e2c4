import type { AddressInfo } from "node:net"
import { type JwtAuthState, jwtAuth } from "@jwt-auth/koa"
import Router from "@koa/router"
import { exportJWK, generateKeyPair, SignJWT } from "jose"
import Koa from "koa"

const { ISSUER: issuer = "https://login.example.com", JWKS, PORT = "3000" } = process.env
const { jwks, tokens } = JWKS ? { jwks: JWKS, tokens: {} } : await demoIssuer()
const provider = { issuer, jwks, audiences: ["orders"], types: ["at+jwt"] }
const auth = jwtAuth({
  global_auth: true,
  consumers: [
    { name: "web", claims: { client_id: "web" }, ...provider },
    { name: "partner", claims: { client_id: "partner" }, ...provider },
  ],
  rules: [{ match: { path: "/" }, allow: "any", optional: true }],
})

const router = new Router<JwtAuthState>()
router.get("/", (ctx) => {
  ctx.body = `Hello ${ctx.get("X-Mse-Consumer") || "stranger"}\n`
})
router.get("/orders", (ctx) => {
  ctx.body = { ordersOf: ctx.state.auth?.claims.sub }
})
router.get("/wholesale", auth.allow("partner"), (ctx) => {
  ctx.body = { price: 7 }
})
const app = new Koa().use(auth).use(router.routes()).use(router.allowedMethods())

const server = app.listen(Number(PORT), () => {
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  console.log(`Listening on ${url}`)
  for (const [name, token] of Object.entries(tokens))
    console.log(`# ${name}\ncurl -i ${url}/wholesale -H 'Authorization: Bearer ${token}'`)
})
process.once("SIGTERM", () => server.close())

/** Stands in for an identity provider: a key for this run, and a token for each consumer. */
async function demoIssuer() {
  if (process.env.NODE_ENV === "production") throw new Error("JWKS is not set")
  const { publicKey, privateKey } = await generateKeyPair("ES256")
  const token = (client_id: string) =>
    new SignJWT({ iss: issuer, aud: "orders", sub: "alice", client_id })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt" })
      .setExpirationTime("1h")
      .sign(privateKey)
  const jwks = { keys: [await exportJWK(publicKey)] }
  return { jwks, tokens: { web: await token("web"), partner: await token("partner") } }
}
