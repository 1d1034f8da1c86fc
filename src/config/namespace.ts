import { Wrong } from './fault.ts';
import { readText } from './field.ts';

/** The name of a namespace of Kubernetes (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names). */
export function readNamespace(value: unknown): string | Wrong {
	const text = readText(value);
	if (text instanceof Wrong) return text;
	if (/^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/.test(text)) return text;
	return new Wrong('is not the name of a namespace', 'write each name out; there are no patterns');
}
