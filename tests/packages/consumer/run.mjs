// Prints what the app of the given program answers.
import { answers } from "./gate.cjs"

const { app } = await import(`./${process.argv[2]}`)
console.log(JSON.stringify(await answers(app)))
