import { createServer, type IncomingMessage } from "node:http"
import { listen } from "../program.js"
import { anyone } from "../settings.js"

/** Node parses the headers when they are first read, and every kind of authentication reads them. */
const hasToken = (req: IncomingMessage) => req.headers.authorization !== undefined

const server = createServer((req, res) => {
  if (!hasToken(req)) res.statusCode = 401
  res.end(anyone)
})
listen(server)
