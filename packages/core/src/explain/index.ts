export type { Reason } from "../reasons.js"
export {
  type EffectiveConfig,
  type EffectiveConsumer,
  type EffectiveRule,
  effectiveConfig,
  type Otherwise,
} from "./effective-config.js"
export { explain } from "./explain.js"
export type {
  AskedFor,
  ConsumerExplanation,
  ExplainOptions,
  Explanation,
  RuleExplanation,
  RuleName,
  SkippedRule,
  Step,
  StepName,
  TokenExplanation,
} from "./explanation.js"
export { type Meaning, meanings } from "./meanings.js"
export { printable, type Show, show } from "./show.js"
export { duration, moment } from "./time.js"
