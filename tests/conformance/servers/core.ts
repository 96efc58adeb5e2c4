import { createServer } from "node:http"
import { observeAll } from "../core.js"
import { listen, rowsToServe } from "./on-node.js"

const rows = rowsToServe()
listen(createServer(async (_req, res) => res.end(JSON.stringify(await observeAll(rows)))))
