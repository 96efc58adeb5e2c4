/** Packages whose versions stand with the results. */
export const measuredPackages: readonly string[] = [
  "@hono/node-server",
  "@jwt-auth/core",
  "autocannon",
  "aws-jwt-verify",
  "express",
  "express-jwt",
  "express-oauth2-jwt-bearer",
  "fast-jwt",
  "hono",
  "jose",
  "jsonwebtoken",
  "koa",
  "koa-jwt",
  "passport",
  "passport-jwt",
]
