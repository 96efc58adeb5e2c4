const { serve } = require("@hono/node-server")
const { jwtAuth } = require("@jwt-auth/hono")
const { Hono } = require("hono")
const { config } = require("../gate.cjs")

const auth = jwtAuth(config)
const { fetch } = new Hono().get("/", auth.allow("web"), (c) => c.text(c.get("auth").consumer))

exports.app = { listen: (port, hostname) => serve({ fetch, port, hostname }) }
