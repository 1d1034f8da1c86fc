import { scenarios } from '../explain/recorded.ts';
import type { Incident } from './incident.ts';

/** What a runtime printed for the incident's fault, about this image. Throws where that was not recorded. */
export function wordsOf({ id, like = id, words, host }: Incident, runtime: string, image: string): string {
	if (words !== undefined) return words.replaceAll('IMAGE', image);
	const texts = scenarios.find(({ scenario }) => scenario === like)?.texts ?? [];
	const text = texts.find(({ runtimes }) => runtimes.includes(runtime));
	if (!text) throw new Error(`nobody has recorded what ${runtime} prints for ${like}`);
	const own = host ?? `${id}.lab.test`;
	return text.text.replaceAll(`${like}--`, `${id}--`).replaceAll(`${like}.lab.test`, own);
}
