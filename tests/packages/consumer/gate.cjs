// What the programs of this folder share: a config with two consumers, their tokens, and a client.
const { createHmac, randomBytes } = require("node:crypto")
const { once } = require("node:events")

const secret = randomBytes(32).toString("base64url")
const jwks = { keys: [{ kty: "oct", k: secret }] }

exports.config = {
  consumers: [
    { name: "web", issuer: "https://web.example", jwks, keep_token: false },
    { name: "partner", issuer: "https://partner.example", jwks },
  ],
}

exports.token = function token(issuer) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const signed = `${part({ alg: "HS256" })}.${part({ iss: issuer, exp: Math.floor(Date.now() / 1000) + 300 })}`
  const signature = createHmac("sha256", Buffer.from(secret, "base64url")).update(signed).digest("base64url")
  return `${signed}.${signature}`
}

/** Sends one GET for each token to the app, and gives what came back. */
exports.answers = async function answers(app, tokens) {
  const server = app.listen(0, "127.0.0.1")
  await once(server, "listening")
  const url = `http://127.0.0.1:${server.address().port}/`
  const found = []
  for (const token of tokens) {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const response = await fetch(url, { headers })
    found.push(`${response.status} ${await response.text()}`)
  }
  server.closeAllConnections()
  server.close()
  return found
}
