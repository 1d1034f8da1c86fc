/** What the schedule knows of time. Every period is measured on the monotonic clock, so that setting the node's clock moves nothing. */
export interface Clock {
	/** Milliseconds since some fixed moment; never goes back. */
	monotonic(): number;
	/** Milliseconds since the epoch; may jump. Read only where a time has to outlive this process. */
	wall(): number;
	/** Calls `run` once, not before `milliseconds` have passed; the function that it gives takes the call back. */
	after(milliseconds: number, run: () => void): () => void;
}

/** Node fires a timer of more than 2³¹ − 1 ms at once (https://nodejs.org/api/timers.html#settimeoutcallback-delay-args). */
const longestTimer = 2 ** 31 - 1;

/** The clocks of this machine. */
export const systemClock: Clock = {
	monotonic: () => performance.now(),
	wall: () => Date.now(),
	after(milliseconds, run) {
		const timer = setTimeout(run, Math.min(Math.max(milliseconds, 0), longestTimer));
		return () => clearTimeout(timer);
	},
};
