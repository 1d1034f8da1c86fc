import type { DockerConfig } from '../registry/dockerConfig.ts';
import type { ProviderAnswer } from './providerAnswer.ts';

interface Kept {
	readonly config: DockerConfig;
	/** By the clock of `performance.now()`, which no change of the time touches. */
	readonly until: number;
}

/** More images than a node asks for. */
const mostAnswers = 500;
/** Not the name of an image or host. */
const all = '*';

/** The answers of one provider while they hold, found as the kubelet finds them: by image, by registry, for all. */
export class AnswerCache {
	readonly #kept = new Map<string, Kept>();

	get(image: string): DockerConfig | undefined {
		const now = performance.now();
		const keys = [keyOf(image, 'Image'), keyOf(image, 'Registry'), keyOf(image, 'Global')];
		const found = keys.map((key) => this.#kept.get(key)).find((kept) => kept !== undefined && kept.until > now);
		return found?.config;
	}

	/** Keeps an answer for some seconds. */
	keep(image: string, type: ProviderAnswer['cacheKeyType'], config: DockerConfig, seconds: number): void {
		const now = performance.now();
		for (const [key, { until }] of this.#kept) if (until <= now) this.#kept.delete(key);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size >= mostAnswers && oldest !== undefined) this.#kept.delete(oldest);
		this.#kept.set(keyOf(image, type), { config, until: now + seconds * 1000 });
	}
}

function keyOf(image: string, type: ProviderAnswer['cacheKeyType']): string {
	if (type === 'Image') return `image ${image}`;
	return type === 'Registry' ? `registry ${image.split('/', 1)[0] ?? ''}` : all;
}
