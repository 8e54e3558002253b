// Placeholder entry of the engine's utility process.
export {}
