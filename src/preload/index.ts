// Placeholder entry of the preload script.
export {}
