import type { ConformanceRow } from "@jwt-auth/core/testing"
import { honoFetch } from "../hono.js"

// biome-ignore lint/style/noDefaultExport: what a Worker is
export default {
  fetch: (request: Request, { rows }: { readonly rows: readonly ConformanceRow[] }) =>
    honoFetch(rows)(request),
}
