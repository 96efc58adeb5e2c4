import { createHmac, randomBytes } from "node:crypto"
import { describe, expect, it } from "vitest"
import { jwtAuth } from "../src/index.js"
import { ask, versions } from "./apps.js"

const secret = randomBytes(32)
const jwks = { keys: [{ kty: "oct", k: secret.toString("base64url") }] }
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
const tokenOf = (issuer: string, claims = {}) => {
  const exp = Math.floor(Date.now() / 1000) + 3600
  const signed = `${encode({ alg: "HS256" })}.${encode({ iss: issuer, exp, ...claims })}`
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`
}
const claims_to_headers = [{ claim: "g", header: "X-Groups", override: false }]
const consumers = [
  { name: "a", issuer: "a", jwks, claims_to_headers },
  { name: "b", issuer: "b", jwks, claims_to_headers, from_params: ["k"] },
]

describe.each(versions)("several decisions on one request on $name", ({ express }) => {
  it("an appended claim of one consumer does not stay under the name of another", async () => {
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = express()
    app.use(auth)
    app.get("/x", auth.allow("b"), (req, res) => {
      res.send([req.headers["x-mse-consumer"], req.headers["x-groups"] ?? "none"].join(" "))
    })
    const authorization = `Bearer ${tokenOf("a", { g: "admin-of-a" })}`
    const answer = await ask(app, { path: `/x?k=${tokenOf("b")}`, headers: { authorization } })
    expect(answer.body).toBe("b none")
  })

  it("a client's header that the app has removed does not come back with an appended claim", async () => {
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = express()
    app.use(auth)
    app.use((req, _res, next) => {
      delete req.headers["x-groups"]
      next()
    })
    app.get("/x", auth.any(), (req, res) => void res.send(req.headers["x-groups"] ?? "none"))
    const authorization = `Bearer ${tokenOf("a", { g: "staff" })}`
    const answer = await ask(app, { path: "/x", headers: { authorization, "x-groups": "admin" } })
    expect(answer.body).toBe("staff")
  })

  it("a throw in a next that the app wrapped around us reaches its error handler", async () => {
    const auth = jwtAuth({ global_auth: true, consumers })
    const app = express()
    app.get("/x", (req, res, next) =>
      auth(req, res, (error?: unknown) => {
        if (error) return next(error)
        throw new Error("a bug of the app")
      }),
    )
    app.use(
      (
        error: Error,
        _req: unknown,
        res: { status(code: number): { send(body: string): void } },
        _next: unknown,
      ) => {
        res.status(500).send(error.message)
      },
    )
    const authorization = `Bearer ${tokenOf("a")}`
    expect((await ask(app, { path: "/x", headers: { authorization } })).body).toBe("a bug of the app")
  })
})
