import type { JwtAuthConfig } from "../config/document.js"
import type { Requirement } from "../decision.js"
import { now as usualNow } from "./cast.js"
import type { ConformanceRequest, ConformanceRow, Expectation, HeaderLine, Point } from "./row.js"

/** A row's request, config and clock in one place, with the usual ones left out. */
export interface Given extends ConformanceRequest {
  readonly config?: JwtAuthConfig
  readonly requirement?: Requirement
  readonly now?: number
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string
  /** Sent as `Cookie`. */
  readonly cookie?: string
  readonly coreOnly?: string
}

/** Makes the rows of one point, which share a config unless they say otherwise. */
export function rowsOf(point: Point, shared: JwtAuthConfig) {
  return (name: string, given: Given, expect: Expectation): ConformanceRow => {
    const {
      config = shared,
      requirement,
      now = usualNow,
      token,
      cookie,
      coreOnly,
      headers = [],
      ...rest
    } = given
    const lines: readonly HeaderLine[] = [
      ...(token === undefined ? [] : [["Authorization", `Bearer ${token}`] as const]),
      ...(cookie === undefined ? [] : [["Cookie", cookie] as const]),
      ...headers,
    ]
    return {
      point,
      name,
      config,
      request: { ...rest, headers: lines },
      now,
      expect,
      ...(requirement !== undefined && { requirement }),
      ...(coreOnly !== undefined && { coreOnly }),
    }
  }
}
