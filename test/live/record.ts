import type { Both } from './agreement.ts';
import type { LiveRuntime } from './runtime.ts';
import type { Setup } from './setup.ts';

/** One pull of a runtime, as the corpus in test/data has it. */
interface RecordedPull {
	readonly runtime: string;
	readonly version: string;
	readonly localPull?: true;
	readonly pulled: boolean;
	readonly text?: string;
	readonly requests: readonly string[];
}

/** What runtimes did in each set-up: the corpus of a version. */
export class Records {
	readonly #scenarios = new Map<Setup, RecordedPull[]>();

	add(setup: Setup, { name, version, localPull }: LiveRuntime, { pulled, askedByRuntime }: Both): void {
		const pulls = this.#scenarios.get(setup) ?? [];
		this.#scenarios.set(setup, pulls);
		pulls.push({
			runtime: name,
			version,
			...(localPull && { localPull }),
			pulled: pulled.success,
			...(pulled.text !== '' && { text: pulled.text }),
			requests: askedByRuntime.map(({ method, host, target }) => `${method} ${host} ${target}`),
		});
	}

	/** JSON, one scenario after the other. */
	text(): string {
		const scenarios = [...this.#scenarios].map(([{ name, says }, pulls]) => ({ scenario: name, setup: says, pulls }));
		return `${JSON.stringify(scenarios, undefined, '\t')}\n`;
	}
}
