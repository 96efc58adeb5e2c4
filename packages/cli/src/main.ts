#!/usr/bin/env node
import { nodeIo } from "./node-io.js"
import { run } from "./program.js"

// Whoever reads us may have read enough, `jwt-auth check … | head`, and the exit code still answers.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (failure: NodeJS.ErrnoException) => {
    if (failure.code !== "EPIPE") throw failure
  })
}

process.exitCode = await run(process.argv.slice(2), nodeIo(process))
