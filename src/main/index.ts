// Placeholder entry of the desktop host.
export {}
