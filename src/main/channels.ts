// Names of the IPC channels between main and the preload script; there are no others.

/** Page is ready for a port (renderer to main). */
export const CONNECT_CHANNEL = 'wireglass:connect'
/** A port follows (main to renderer). */
export const PORT_CHANNEL = 'wireglass:port'
/** The engine stopped (main to renderer); the argument is { message, restarted }. */
export const ENGINE_STOPPED_CHANNEL = 'wireglass:engine-stopped'
