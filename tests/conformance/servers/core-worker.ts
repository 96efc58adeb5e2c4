import type { ConformanceRow } from "@jwt-auth/core/testing"
import { observeAll } from "../core.js"

// biome-ignore lint/style/noDefaultExport: what a Worker is
export default {
  async fetch(_request: Request, { rows }: { readonly rows: readonly ConformanceRow[] }): Promise<Response> {
    return Response.json(await observeAll(rows))
  },
}
