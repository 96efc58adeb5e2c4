/**
 * How a command ended, for scripts. `ok`: fine, allowed, or passes. `refused`: the command did its work and the answer is
 * no. `usage`: it could not do its work: a wrong option, a file that cannot be read, a config with errors.
 */
export const exitCode = { ok: 0, refused: 1, usage: 2 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]
