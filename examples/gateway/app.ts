import { jwtAuth } from "@jwt-auth/express"
import express, { type Express, type Request, type Response } from "express"
import { config } from "./config.js"
import { shortenTokens } from "./tokens.js"

/** @param now the clock, in seconds since 1970; the demo moves it to show tokens of another day */
export function createApp(now: () => number): Express {
  const auth = jwtAuth(config, { now })
  const app = express()

  app.use(auth)
  app.get("/test", auth.route("route-a"), whoAmI)
  app.get("/other", auth.route("route-b"), whoAmI)
  app.get("/open", whoAmI)
  return app

  /** Tells the caller what the handler sees: the consumer, and the headers that speak of identity. */
  function whoAmI(req: Request, res: Response): void {
    const names = Object.keys(req.headers).filter((name) => name.startsWith("x-") || name === "authorization")
    const seen = names.map((name) => `${name}: ${shortenTokens(String(req.headers[name]))}`)
    res.type("text").send(["ok", auth.get(req)?.consumer ?? "(none)", ...seen, ""].join("\n"))
  }
}
