/** Measuring the sources would be measuring the program that strips their types, too. */
export function requireBuiltPackages(): void {
  for (const name of ["@jwt-auth/core", "@jwt-auth/express", "@jwt-auth/koa", "@jwt-auth/hono"]) {
    const file = import.meta.resolve(name)
    if (!/\/dist\/index\.js$/.test(file)) {
      throw new Error(`${name} is not the built package here: run "pnpm bench", without --conditions`)
    }
  }
}
