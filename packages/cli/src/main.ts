#!/usr/bin/env node
import { nodeIo } from "./node-io.js"
import { run } from "./program.js"

// Whoever reads us may have read enough: `jwt-auth check … | head`.
process.stdout.on("error", (failure: NodeJS.ErrnoException) => {
  if (failure.code === "EPIPE") process.exit()
  throw failure
})

process.exitCode = await run(process.argv.slice(2), nodeIo(process))
