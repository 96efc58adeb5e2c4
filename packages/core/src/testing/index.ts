export { conformanceRows } from "./conformance.js"
export { applyEdits, headerView, toAuthRequest } from "./edited-request.js"
export { mismatches } from "./mismatches.js"
export type { HeaderView, Observation, ObservedPassage, ObservedRefusal } from "./observation.js"
export type {
  ConformanceRequest,
  ConformanceRow,
  Expectation,
  ExpectedAllow,
  ExpectedDeny,
  ExpectedDownstream,
  ExpectedPass,
  HeaderLine,
  Point,
} from "./row.js"
