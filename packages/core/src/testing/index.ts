export { conformanceRows } from "./conformance.js"
export {
  type BadToken,
  createTestConsumer,
  type TestClaims,
  type TestConsumer,
  type TestConsumerOptions,
  type TokenOverrides,
} from "./create-test-consumer.js"
export type { ForwardedHeaders } from "./decision-checks.js"
export { applyEdits, headerView, toAuthRequest } from "./edited-request.js"
export {
  type DecisionExpectation,
  type DecisionMatchers,
  decisionMatchers,
  expectDecision,
} from "./expect-decision.js"
export { type FixedClock, fixedClock } from "./fixed-clock.js"
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
export type { TestRequest, TestRequestOptions } from "./test-request.js"
