import type { Findings } from "../findings.js"
import { defaultRealm, defaultSettings, isSameSettings, type JwtAuthPlugin } from "./plugin-settings.js"
import type { ApisixRoute } from "./routes.js"
import type { Base } from "./write-config.js"

/** The settings that most routes have, for which the global consumers are written, and the realm of the first. */
export function chooseBase(routes: readonly ApisixRoute[], findings: Findings): Base {
  const plugins = routes.flatMap(({ guard }) => guard.jwtAuth ?? [])
  const counts = new Map<string, { plugin: JwtAuthPlugin; count: number }>()
  for (const plugin of plugins) {
    const key = JSON.stringify(plugin.settings)
    counts.set(key, { plugin: counts.get(key)?.plugin ?? plugin, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count)
  const settings = most?.plugin.settings ?? defaultSettings
  const realm = plugins[0]?.realm ?? defaultRealm
  for (const plugin of plugins) {
    if (plugin.realm !== realm) {
      const here = `One realm for all: that of ${plugins[0]?.path}.`
      findings.differs(`${plugin.path}.realm`, "A realm of its own.", here)
    }
    if (isSameSettings(plugin.settings, settings)) continue
    const here =
      "Its rule has consumers of its own. Who may not call there is unknown there: 401, and not 403."
    findings.differs(plugin.path, "Finds and reads tokens in its own way.", here)
  }
  return { settings, realm, path: most?.plugin.path ?? "plugin" }
}
