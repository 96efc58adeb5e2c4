// Every row of the suite, decided by what CommonJS programs get. Prints how many there are, and which went wrong.
const { createAuthenticator } = require("@jwt-auth/core")
const { conformanceRows, toAuthRequest } = require("@jwt-auth/core/testing")

const summary = ({ outcome, auth, consumer = auth?.consumer, denial, code = denial?.code }) =>
  `${outcome} ${consumer ?? code ?? ""}`

async function decided({ config, request, requirement, now }) {
  const authenticator = createAuthenticator(config, { now: () => now })
  return authenticator.decide(toAuthRequest(request), requirement)
}

async function main() {
  const rows = await conformanceRows()
  const wrong = []
  for (const row of rows) if (summary(await decided(row)) !== summary(row.expect)) wrong.push(row.name)
  console.log(JSON.stringify({ rows: rows.length, wrong }))
}

main()
