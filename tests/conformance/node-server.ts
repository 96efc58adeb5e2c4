import { createServer, type RequestListener, type Server } from "node:http"
import type { ConformanceRow } from "@jwt-auth/core/testing"
import { packed, rowHeader, shownHeader } from "./protocol.js"

/** Makes a row's app, in the form in which Node serves it. */
export type NodeApp = (row: ConformanceRow) => RequestListener

/** A server whose app is that of the row which a request names. */
export function nodeServer(rows: readonly ConformanceRow[], app: NodeApp): Server {
  return createServer((req, res) => {
    const { method = "", headers, url = "" } = req
    const row = rows[Number(headers[rowHeader])]
    if (row === undefined) throw new Error(`no row ${headers[rowHeader]}`)
    let listener: RequestListener
    try {
      listener = app(row)
    } catch {
      res.writeHead(500).end("the app could not be set up")
      return
    }
    res.setHeader(shownHeader, packed({ method, host: headers.host ?? "", path: url }))
    listener(req, res)
  })
}
