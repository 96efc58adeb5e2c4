import { verify } from "node:crypto"
import { createServer } from "node:http"
import { listen } from "../program.js"
import { signedPartOf, subjectOf } from "../raw-verify.js"

const server = createServer((req, res) => {
  const { authorization } = req.headers
  const signed = signedPartOf(authorization)
  if (signed !== undefined && verify(...signed)) res.end(subjectOf(authorization))
  else res.writeHead(401).end()
})
listen(server)
