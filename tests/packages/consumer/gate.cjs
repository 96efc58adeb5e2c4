// What the programs of this folder share: a config with two consumers, and a client that calls as each of them.
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

function token(issuer) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url")
  const signed = `${part({ alg: "HS256" })}.${part({ iss: issuer, exp: Math.floor(Date.now() / 1000) + 300 })}`
  const signature = createHmac("sha256", Buffer.from(secret, "base64url")).update(signed).digest("base64url")
  return `${signed}.${signature}`
}

/** What the app answers to web, to a caller without a token, and to partner. */
exports.answers = async function answers(app) {
  const server = app.listen(0, "127.0.0.1")
  await once(server, "listening")
  const found = []
  for (const caller of ["web", undefined, "partner"]) {
    const headers =
      caller === undefined ? {} : { authorization: `Bearer ${token(`https://${caller}.example`)}` }
    const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { headers })
    found.push(`${response.status} ${await response.text()}`)
  }
  server.closeAllConnections()
  server.close()
  return found
}
