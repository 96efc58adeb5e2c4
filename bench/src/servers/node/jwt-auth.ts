import { createServer } from "node:http"
import { createAuthenticator, type Decision, denialResponse } from "@jwt-auth/core"
import { applyEdits, toAuthRequest } from "@jwt-auth/core/node"
import { config, listen } from "../program.js"

const authenticator = createAuthenticator(config)

const server = createServer((req, res) => {
  const answer = (decision: Decision) => {
    if (decision.outcome === "deny") {
      const { status, headers, body } = denialResponse(decision.denial, req.headers.accept)
      res.writeHead(status, headers).end(body)
      return
    }
    applyEdits(req, decision.edits)
    res.end(decision.outcome === "allow" ? decision.auth.claims.sub : "")
  }
  const view = { host: req.headers.host ?? "", path: req.url ?? "" }
  const decision = authenticator.decide(toAuthRequest(req, view))
  if (decision instanceof Promise) decision.then(answer)
  else answer(decision)
})
listen(server)
