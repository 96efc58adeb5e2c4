const { jwtAuth } = require("@jwt-auth/express")
const express = require("express")
const { answers, config, token } = require("./gate.cjs")

const auth = jwtAuth(config)
const app = express()
app.get("/", auth.allow("web"), (req, res) => res.send(auth.get(req).consumer))

const tokens = [token("https://web.example"), undefined, token("https://partner.example")]
answers(app, tokens).then((found) => console.log(JSON.stringify(found)))
