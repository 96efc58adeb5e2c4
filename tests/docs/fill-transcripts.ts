import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { allPages, root } from "./pages.js"
import { Machine, transcriptOf } from "./transcript.js"

// Writes what the commands of each page print now under them: `pnpm transcripts`. Read the diff before you keep it.

for (const page of allPages) {
  const { files, exchanges } = transcriptOf(page)
  const machine = new Machine(files)
  let text = readFileSync(join(root, page), "utf8")
  let from = 0
  for (const { command, output } of exchanges) {
    const shown = (printed: string) => `$ ${command}${printed === "" ? "" : `\n${printed}`}\n`
    const start = text.indexOf(shown(output), from)
    if (start === -1) throw new Error(`${page}: ${command} stands there in another form`)
    const filled = shown(await machine.type(command))
    text = text.slice(0, start) + filled + text.slice(start + shown(output).length)
    from = start + filled.length
  }
  if (exchanges.length > 0) writeFileSync(join(root, page), text)
}
