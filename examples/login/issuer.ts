import { randomBytes, randomUUID, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { promisify } from "node:util"
import express from "express"
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose"

const { publicKey, privateKey } = await generateKeyPair("ES256")
const jwk = { ...(await exportJWK(publicKey)), alg: "ES256", use: "sig" }
const kid = await calculateJwkThumbprint(jwk)
const header = { alg: "ES256", typ: "at+jwt", kid }

// With Node's own N = 2^14 and r = 8, one of the settings of the OWASP password storage cheat sheet.
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const hash = (password: string, salt: Buffer) => derive(password, salt, 32, { p: 5 })

// In place of a database: one user, whose password is made up now.
const [password, salt] = [randomBytes(12).toString("base64url"), randomBytes(16)]
const users = new Map([["alice", { salt, hash: await hash(password, salt), scope: "orders:read" }]])
/** Has no password: an unknown name takes as long to refuse as a wrong password. */
const nobody = { salt, hash: randomBytes(32), scope: "" }

const app = express()
const server = app.listen(Number(process.env.PORT ?? 4000))
await once(server, "listening")
const url = `http://localhost:${(server.address() as AddressInfo).port}`
const issuer = process.env.ISSUER ?? url
process.once("SIGTERM", () => server.close())
console.log(`Listening on ${url}`)
console.log(`curl --json '{"username":"alice","password":"${password}"}' ${url}/login`)

app.get("/.well-known/jwks.json", (_req, res) => res.json({ keys: [{ ...jwk, kid }] }))

// Belongs behind TLS and a rate limit.
app.post("/login", express.json({ limit: "1kb" }), async (req, res) => {
  const { username, password } = req.body ?? {}
  const user = users.get(username) ?? nobody
  if (!timingSafeEqual(await hash(String(password), user.salt), user.hash)) {
    return res.status(400).json({ error: "invalid_grant" }) // RFC 6749 §5.2
  }
  // Signed, not encrypted: whoever holds the token can read it.
  const claims = { sub: username, aud: "orders", client_id: "web", scope: user.scope, jti: randomUUID() }
  const jwt = new SignJWT({ iss: issuer, ...claims }).setIssuedAt().setExpirationTime("10m")
  const access_token = await jwt.setProtectedHeader(header).sign(privateKey)
  return res.set("Cache-Control", "no-store").json({ access_token, token_type: "Bearer", expires_in: 600 })
})
