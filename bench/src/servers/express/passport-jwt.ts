import { createServer } from "node:http"
import express from "express"
import passport from "passport"
import { ExtractJwt, Strategy } from "passport-jwt"
import { keyObject, listen, settings } from "../program.js"

const { issuer, audience, algorithm } = settings
const options = {
  jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
  // Handed to jsonwebtoken as it is, which takes a KeyObject; the types know text and Buffer only.
  secretOrKey: keyObject() as unknown as Buffer,
  algorithms: [algorithm as "RS256"],
  issuer,
  audience,
}
passport.use(new Strategy(options, (claims, done) => done(null, claims)))
const app = express()
app.use(passport.authenticate("jwt", { session: false }))
app.get("/", (req, res) => res.send((req.user as { sub: string }).sub))
listen(createServer(app))
