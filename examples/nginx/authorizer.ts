import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createAuthenticator } from "@jwt-auth/core"
import { toAuthRequest } from "@jwt-auth/core/node"
import { exportJWK, generateKeyPair, SignJWT } from "jose"

const { ISSUER: issuer = "https://login.example.com", JWKS: jwks = await demoKeys() } = process.env

// No other place for a token: in a URL it would stand in access logs.
const from_headers = [{ name: "Authorization", value_prefix: "Bearer " }]
const provider = { issuer, jwks, from_headers, audiences: ["orders"], types: ["at+jwt"] }
const authenticator = createAuthenticator({
  global_auth: true,
  consumers: [
    { name: "web", claims: { client_id: "web" }, ...provider },
    { name: "partner", claims: { client_id: "partner" }, ...provider },
  ],
  rules: [
    { match: { path: "/health" }, public: true },
    { match: { path: "/wholesale/*" }, allow: ["partner"] },
    { match: { method: "GET" }, allow: "any" },
    { match: {}, allow: ["web"] },
  ],
})

const server = createServer(async (req, res) => {
  // Whoever sets these two headers chooses what is asked about. That is nginx, over whatever the client sent: this server
  // listens on the loopback interface only, and must never listen where a client could reach it.
  const { "x-original-uri": path, "x-original-method": method, host = "" } = req.headers
  if (typeof path !== "string" || typeof method !== "string") return res.writeHead(400).end()
  const decision = await authenticator.decide({ ...toAuthRequest(req, { host, path }), method })
  if (decision.outcome === "allow") res.setHeader("X-Mse-Consumer", decision.auth.consumer)
  const { status, headers } = decision.outcome === "deny" ? decision.denial : { status: 200, headers: {} }
  return res.writeHead(status, headers).end()
})
server.listen(Number(process.env.PORT ?? 9001), "127.0.0.1")
server.once("listening", () => console.log("Listening on port", (server.address() as AddressInfo).port))
process.once("SIGTERM", () => server.close())

/** Stands in for an identity provider: a key for this run, and a token for each consumer. */
async function demoKeys() {
  if (process.env.NODE_ENV === "production") throw new Error("JWKS is not set")
  const { publicKey, privateKey } = await generateKeyPair("ES256")
  for (const client_id of ["web", "partner"]) {
    const jwt = new SignJWT({ iss: issuer, aud: "orders", sub: "alice", client_id }).setExpirationTime("1h")
    const token = await jwt.setProtectedHeader({ alg: "ES256", typ: "at+jwt" }).sign(privateKey)
    console.log(`# ${client_id}\ncurl -i http://localhost:8080/wholesale -H 'Authorization: Bearer ${token}'`)
  }
  return { keys: [await exportJWK(publicKey)] }
}
