export const packageNames = ["core", "express", "koa", "hono"] as const
export type PackageName = (typeof packageNames)[number]
