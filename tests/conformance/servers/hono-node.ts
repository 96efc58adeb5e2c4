import { honoServer } from "../hono-server.js"
import { listen, rowsToServe } from "./on-node.js"

listen(honoServer(rowsToServe()))
