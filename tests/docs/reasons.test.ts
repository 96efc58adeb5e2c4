import { join } from "node:path"
import { expect, it } from "vitest"
import { root } from "./pages.js"
import { reasonsPage } from "./reasons-page.js"

it("docs/reasons.md is what the table of reasons and the broken requests say", async () => {
  await expect(reasonsPage()).toMatchFileSnapshot(join(root, "docs/reasons.md"))
})
