import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { promisify } from "node:util"
import { createIssuer, generateKey } from "@jwt-auth/core/issue"
import express from "express"

// In place of a key store: a key that lives as long as this process.
const { privateJwk } = await generateKey("ES256")

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
process.once("SIGTERM", () => server.close())
console.log(`Listening on ${url}`)
console.log(`curl --json '{"username":"alice","password":"${password}"}' ${url}/login`)

const { issue, jwks } = createIssuer({
  issuer: process.env.ISSUER ?? url,
  privateJwk,
  expiresInSeconds: 600,
  audience: "orders",
  type: "at+jwt",
})

app.get("/.well-known/jwks.json", (_req, res) => res.json(jwks()))

// Belongs behind TLS and a rate limit.
app.post("/login", express.json({ limit: "1kb" }), async (req, res) => {
  const { username, password } = req.body ?? {}
  const user = users.get(username) ?? nobody
  if (!timingSafeEqual(await hash(String(password), user.salt), user.hash)) {
    return res.status(400).json({ error: "invalid_grant" }) // RFC 6749 §5.2
  }
  // Signed, not encrypted: whoever holds the token can read it.
  const access_token = await issue({ sub: username, client_id: "web", scope: user.scope })
  return res.set("Cache-Control", "no-store").json({ access_token, token_type: "Bearer", expires_in: 600 })
})
