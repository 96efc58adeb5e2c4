import type { ExitCode } from "./exit-code.js"
import type { Io } from "./io.js"

/** Runs what the command line asks for; how it ends is how the program ends. */
export type Act = (command: (io: Io) => Promise<ExitCode>) => Promise<void>
