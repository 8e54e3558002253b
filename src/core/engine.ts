// What the core asks of the engine, which the engine's side of the core answers (src/engine/core/core.ts).

/** The memory is longer than before. */
export declare function grown(): void
/** No more memory can be had; throws. */
export declare function full(): void
/** A chunk of a column was made. */
export declare function chunkMade(column: i32, index: i32, at: u32): void
/** A stream begins while others are announced; answers whether it is one of them. */
export declare function streamBegins(transport: i32, stream: i32): i32
/** An empty datagram does not count for the time between packets of its stream. */
export declare function isUntimed(stream: i32, frame: i32, previousFrame: i32): void
/** Nanoseconds from one frame to another, where the columns cannot tell. */
export declare function elapsed(from: i32, to: i32): f64
/** Whether a frame has the time 0, which to tshark is as good as none. */
export declare function isTimeless(frame: i32): i32
/** Another window scale takes the place of one that was known, which had come into force after `since`. */
export declare function scaleChanges(flow: i32, frame: i32, before: i32, since: i32): void
