import { type JwtAuthEnv, type JwtAuthMiddleware, jwtAuth } from "@jwt-auth/hono"
import { Hono } from "hono"
import { env } from "hono/adapter"

type Bindings = {
  readonly ISSUER: string
  /** The public keys of the issuer, as a JSON Web Key Set. */
  readonly JWKS: string
}

const app = new Hono<JwtAuthEnv>()
  .use((c, next) => gateFor(env<Bindings>(c))(c, next))
  .get("/", (c) => c.text(`Hello ${c.req.header("X-Mse-Consumer") ?? "stranger"}\n`))
  .get("/orders", (c) => c.json({ ordersOf: c.get("auth")?.claims.sub }))
  .get("/wholesale", (c) => c.json({ price: 7 }))

let gate: { readonly madeFor: string; readonly auth: JwtAuthMiddleware } | undefined

/** Not made once for all: when only a binding changes, such as the keys, Workers may keep the running isolate. */
function gateFor({ ISSUER: issuer, JWKS: jwks }: Bindings): JwtAuthMiddleware {
  const madeFor = `${issuer} ${jwks}`
  if (gate?.madeFor === madeFor) return gate.auth
  const provider = { issuer, jwks, audiences: ["orders"], types: ["at+jwt"] }
  const auth = jwtAuth({
    global_auth: true,
    consumers: [
      { name: "web", claims: { client_id: "web" }, ...provider },
      { name: "partner", claims: { client_id: "partner" }, ...provider },
    ],
    rules: [
      { match: { path: "/" }, allow: "any", optional: true },
      { match: { path: "/wholesale/*" }, allow: ["partner"] },
    ],
  })
  gate = { madeFor, auth }
  return auth
}

// biome-ignore lint/style/noDefaultExport: Workers start from the default export
export default app
