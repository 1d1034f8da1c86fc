import { type Profiler, Session } from 'node:inspector';

/** Code that is ours, and that of the parsers that it hands texts to. */
const watched = /\/src\/[^?]*\.ts$|\/node_modules\/(?:yaml|toml-eslint-parser|dns-packet)\//;

/**
 * Which pieces of code ran, as V8 itself counts them
 * (https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#method-takePreciseCoverage): no instrumentation, and
 * the source stays what it is.
 */
export class Coverage implements Disposable {
	readonly #session = new Session();
	/** By function, the pieces that V8 ever told apart. */
	readonly #pieces = new Map<string, Map<string, Profiler.CoverageRange>>();

	readonly #watched: RegExp;

	/** Begins to count what runs of the scripts whose address fits; of those that ran before, by whole functions only. */
	constructor(of = watched) {
		this.#watched = of;
		this.#session.connect();
		this.#session.post('Profiler.enable');
		this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
	}

	/** The pieces that ran since the last call, each as a text of its own. */
	take(): ReadonlySet<string> {
		const ran = new Set<string>();
		this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
			if (error) throw error;
			for (const { url, scriptId, functions } of answer.result) {
				if (!this.#watched.test(url)) continue;
				for (const { ranges } of functions) if ((ranges[0]?.count ?? 0) > 0) this.#collect(scriptId, ranges, ran);
			}
		});
		return ran;
	}

	[Symbol.dispose](): void {
		this.#session.disconnect();
	}

	/** A piece that ran as often as what is around it is not told on its own: it has the count of what is around it. */
	#collect(scriptId: string, ranges: readonly Profiler.CoverageRange[], ran: Set<string>): void {
		const [whole] = ranges;
		const name = `${scriptId}:${whole?.startOffset}:${whole?.endOffset}`;
		const known = this.#pieces.get(name) ?? new Map<string, Profiler.CoverageRange>();
		this.#pieces.set(name, known);
		for (const range of ranges) known.set(`${scriptId}:${range.startOffset}:${range.endOffset}`, range);
		for (const [piece, { startOffset, endOffset }] of known) {
			const around = ranges.findLast((range) => range.startOffset <= startOffset && range.endOffset >= endOffset);
			if (around && around.count > 0) ran.add(piece);
		}
	}
}
