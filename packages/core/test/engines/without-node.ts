// Before the core is imported: whoever asks for a module of Node's gets none, as on any other runtime.
Object.defineProperty(process, "getBuiltinModule", { value: undefined })
