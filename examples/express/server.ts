import type { AddressInfo } from "node:net"
import { jwtAuth } from "@jwt-auth/express"
import express from "express"
import { exportJWK, generateKeyPair, SignJWT } from "jose"

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

const app = express()
app.use(auth)
app.get("/", (req, res) => res.type("text").send(`Hello ${req.get("X-Mse-Consumer") ?? "stranger"}\n`))
app.get("/orders", (req, res) => res.json({ ordersOf: auth.get(req)?.claims.sub }))
app.get("/wholesale", auth.allow("partner"), (_req, res) => res.json({ price: 7 }))

const server = app.listen(Number(PORT), (error) => {
  if (error) throw error
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
