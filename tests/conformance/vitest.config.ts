import { defineProject } from "vitest/config"

const conditions = ["@jwt-auth/source"]

export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },

  test: { name: "conformance", include: ["**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
})
