import { serve } from "@hono/node-server"
import { jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
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

const app = new Hono()
  .use(auth)
  .get("/", (c) => c.text(`Hello ${c.req.header("X-Mse-Consumer") ?? "stranger"}\n`))
  .get("/orders", (c) => c.json({ ordersOf: c.get("auth")?.claims.sub }))
  .get("/wholesale", auth.allow("partner"), (c) => c.json({ price: 7 }))

const server = serve({ fetch: app.fetch, port: Number(PORT) }, ({ port }) => {
  const url = `http://localhost:${port}`
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
