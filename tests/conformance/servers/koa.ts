import Koa from "koa"
import { koaApp } from "../koa.js"
import { nodeServer } from "../node-server.js"
import { listen, rowsToServe } from "./on-node.js"

listen(nodeServer(rowsToServe(), koaApp(Koa)))
