import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: ["packages/*", "packages/core/vitest.web-crypto.config.ts", "tests/*", "bench"],
    coverage: {
      provider: "v8",
      include: ["packages/core/src/**"],
      reporter: ["text", "json-summary"],
    },
  },
})
