/** The libraries that users import. */
export const packageNames = ["core", "express", "koa", "hono"] as const
/** Everything that is published; the last is a program. */
export const publishedNames = [...packageNames, "cli"] as const
export type PackageName = (typeof publishedNames)[number]
