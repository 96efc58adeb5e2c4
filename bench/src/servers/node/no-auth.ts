import { createServer } from "node:http"
import { listen } from "../program.js"
import { anyone } from "../settings.js"

listen(createServer((_req, res) => res.end(anyone)))
