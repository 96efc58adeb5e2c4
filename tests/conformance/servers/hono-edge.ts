import type { ConformanceRow } from "@jwt-auth/core/testing"
import { honoFetch } from "../hono.js"

declare const rows: string

/** For the one who evaluates this in an edge VM. */
Object.assign(globalThis, { serve: honoFetch(JSON.parse(rows) as readonly ConformanceRow[]) })
