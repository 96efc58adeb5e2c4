import type { Auth } from "@jwt-auth/core"

// Opt-in: `import "@jwt-auth/express/augment"` once, anywhere. Not part of the main entry, because a global type would
// collide with that of any other middleware that writes `req.auth`.
declare global {
  namespace Express {
    interface Request {
      /** Who is calling: set by `jwtAuth` when a consumer was allowed, absent for an anonymous request. */
      auth?: Auth
    }
  }
}
