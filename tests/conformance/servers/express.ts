import express from "express"
import { expressApp } from "../express.js"
import { nodeServer } from "../node-server.js"
import { listen, rowsToServe } from "./on-node.js"

listen(nodeServer(rowsToServe(), expressApp(express)))
