import { createAdaptorServer } from "@hono/node-server"
import { Hono } from "hono"
import { jwk } from "hono/jwk"
import type { JwtVariables } from "hono/jwt"
import { listen, settings } from "../program.js"

const { issuer, audience, algorithm } = settings
const app = new Hono<{ Variables: JwtVariables<{ sub: string }> }>()
app.use(
  jwk({ keys: [settings.jwk], alg: [algorithm as "RS256"], verification: { iss: issuer, aud: audience } }),
)
app.get("/", (c) => c.text(c.get("jwtPayload").sub))
listen(createAdaptorServer(app))
