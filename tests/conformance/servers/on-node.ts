import { readFileSync } from "node:fs"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { ConformanceRow } from "@jwt-auth/core/testing"

// What the programs of this folder share, on the runtimes that have Node's modules: they are started with the name of a
// file of rows, and say on which port they listen.

export function rowsToServe(): readonly ConformanceRow[] {
  return JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"))
}

export function listen(server: Server): void {
  server.listen(0, "127.0.0.1", () => ready((server.address() as AddressInfo).port))
}

export function ready(port: number): void {
  console.log(JSON.stringify({ port }))
}
