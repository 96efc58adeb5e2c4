import type * as core from "@jwt-auth/core"
import { tsImport } from "tsx/esm/api"

export type Core = typeof core

/** The core as it is where there is no Node: modules of its own, for which `process` offered nothing. */
export async function coreWithoutNode(): Promise<Core> {
  const { getBuiltinModule } = process
  Object.defineProperty(process, "getBuiltinModule", { value: undefined })
  try {
    return await tsImport("../../packages/core/src/index.ts", import.meta.url)
  } finally {
    Object.defineProperty(process, "getBuiltinModule", { value: getBuiltinModule })
  }
}
