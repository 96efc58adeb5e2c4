import type { BrokenRequest } from "../broken-request.js"
import { damaged } from "./form-damaged.js"
import { notTokens } from "./form-not-token.js"
import { brokenParts } from "./form-parts.js"
import { unreadable } from "./form-unreadable.js"

export const form: readonly BrokenRequest[] = [...damaged, ...notTokens, ...brokenParts, ...unreadable]
