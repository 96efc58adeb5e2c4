import type { AuthRequest } from "../decision.js"
import { headerValue } from "./places.js"

/** Fetch standard §4.8: a preflight has these two headers. Any other OPTIONS is a request like the rest. */
export function isPreflight(request: AuthRequest): boolean {
  return (
    request.method.toUpperCase() === "OPTIONS" &&
    headerValue(request, "origin") !== undefined &&
    headerValue(request, "access-control-request-method") !== undefined
  )
}
