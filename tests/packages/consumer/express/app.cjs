const { jwtAuth } = require("@jwt-auth/express")
const express = require("express")
const { config } = require("../gate.cjs")

const auth = jwtAuth(config)
const app = express()
app.get("/", auth.allow("web"), (req, res) => res.send(auth.get(req).consumer))

exports.app = app
