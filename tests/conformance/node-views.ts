import type { IncomingMessage } from "node:http"
import { type HeaderLine, type HeaderView, headerView } from "@jwt-auth/core/testing"

/** Every way in which Node shows the headers of a request. */
export function nodeViews(req: IncomingMessage): Record<string, HeaderView> {
  const { headers, headersDistinct, rawHeaders } = req
  return { headers, headersDistinct, rawHeaders: headerView(pairs(rawHeaders)) }
}

function pairs(raw: readonly string[]): readonly HeaderLine[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ""] as const] : []))
}
