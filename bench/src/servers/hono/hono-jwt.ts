import { webcrypto } from "node:crypto"
import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { type JwtVariables, jwt } from "hono/jwt"
import { listen, settings } from "../program.js"

const { issuer, audience, algorithm, jwk } = settings
const parameters = {
  HS256: { name: "HMAC", hash: "SHA-256" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  EdDSA: { name: "Ed25519" },
}[algorithm]
// Imported once: a secret as text, or a PEM, would be imported for every token.
const secret = await webcrypto.subtle.importKey("jwk", jwk, parameters, false, ["verify"])
const app = new Hono<{ Variables: JwtVariables<{ sub: string }> }>()
app.use(jwt({ secret, alg: algorithm, verification: { iss: issuer, aud: audience } }))
app.get("/", (c) => c.text(c.get("jwtPayload").sub))
listen(createAdaptorServer(app))
