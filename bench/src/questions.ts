import { consumers } from "./questions/consumers.js"
import { http } from "./questions/http.js"
import { httpEngines } from "./questions/http-engines.js"
import { httpNewTokens } from "./questions/http-new-tokens.js"
import { imports } from "./questions/imports.js"
import { memory } from "./questions/memory.js"
import { newToken } from "./questions/new-token.js"
import { newTokensAtOnce } from "./questions/new-tokens-at-once.js"
import { parsing } from "./questions/parsing.js"
import { refusals } from "./questions/refusals.js"
import { repeatedToken } from "./questions/repeated-token.js"
import { rules } from "./questions/rules.js"
import { size } from "./questions/size.js"
import type { Question } from "./result.js"

/** Everything that is measured, in the order of the results. */
export const questions: readonly Question[] = [
  repeatedToken,
  newToken,
  newTokensAtOnce,
  consumers,
  rules,
  refusals,
  http,
  httpNewTokens,
  httpEngines,
  memory,
  imports,
  parsing,
  size,
]
