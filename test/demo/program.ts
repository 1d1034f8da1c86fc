import { parseArgs } from 'node:util';

/** How a demo hears of its end, and tells of it. */
export interface Ending {
	/** Everything is there: the seconds that a person gave with `--for` begin. */
	readonly begin: () => void;
	/** Ends the demo with an exit code; the first counts. */
	readonly end: (code: number) => void;
	/** The exit code, as soon as somebody ends it. */
	readonly ended: Promise<number>;
}

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Seconds to run; undefined: until a person ends it. Throws on anything else. */
function readArguments(): number | undefined {
	const { values } = parseArgs({ options: { for: { type: 'string' } } });
	const seconds = values.for === undefined ? undefined : Number(values.for);
	if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) throw new RangeError('--for wants seconds');
	return seconds;
}

function endingAfter(seconds: number | undefined): Ending {
	const { promise: ended, resolve: end } = Promise.withResolvers<number>();
	const stop = () => end(0);
	process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
	// Nobody reads on.
	process.stdout.on('error', stop);
	const begin = () => {
		if (seconds !== undefined) setTimeout(stop, seconds * 1000).unref();
	};
	return { begin, end, ended };
}

/** Runs a demo as a program, with its arguments, signals and exit code; `command` is what a person types. */
export async function runDemo(command: string, demo: (ending: Ending) => Promise<number>): Promise<void> {
	let seconds: number | undefined;
	try {
		seconds = readArguments();
	} catch (error) {
		process.stderr.write(`demo: ${message(error)}\nUsage: ${command} [-- --for SECONDS]\n`);
		process.exitCode = 2;
		return;
	}
	process.exitCode = await demo(endingAfter(seconds)).catch((error: unknown) => {
		process.stderr.write(`demo: ${message(error)}\n`);
		return 1;
	});
}
