/** The compilers that users may have, the oldest first. The newest has no API: all are run as programs. */
export const compilers = {
  "typescript-5.4": "5.4.5",
  "typescript-5.9": "5.9.3",
  "typescript-6.0": "6.0.3",
  "typescript-7.0": "7.0.2",
} as const
export type Compiler = keyof typeof compilers

export type CompilerOptions = Readonly<Record<string, string | boolean | readonly string[]>>

/** The ways in which they may look for packages. */
export const resolutions = {
  node16: { module: "node16" },
  nodenext: { module: "nodenext" },
  bundler: { module: "preserve", moduleResolution: "bundler" },
  // The default of `module: commonjs` up to TypeScript 5, deprecated in 6, gone in 7.
  node10: { module: "commonjs", moduleResolution: "node10" },
} as const satisfies Record<string, CompilerOptions>
export type Resolution = keyof typeof resolutions
