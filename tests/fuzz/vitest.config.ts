import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  // Makes keys, and starts a process: slow on a small machine, and never timed.
  test: { name: "fuzz", include: ["**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
})
