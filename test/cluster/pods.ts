import { readImage } from '../../src/cluster/image.ts';
import type { PodFacts } from '../../src/cluster/pod.ts';

/** A pod as the API has it. */
export function aPod(name: string, parts: { readonly spec?: object; readonly status?: object } = {}): object {
	return { metadata: { uid: `uid-${name}`, namespace: 'default', name }, spec: {}, ...parts };
}

/** What is kept of a pod with these images, all of them pulled; `!` before an image says that it is not. */
export function podWith(images: readonly string[], parts: Partial<PodFacts> = {}): PodFacts {
	const name = parts.name ?? `pod-${images.join('-')}`;
	return {
		uid: `uid-${name}`,
		namespace: 'default',
		name,
		images: images.map((text) => {
			const image = text.replace(/^!/, '');
			const reference = readImage(image);
			return { image, ...(reference && { reference }), pulled: !text.startsWith('!') };
		}),
		pullSecrets: [],
		waiting: [],
		...parts,
	};
}
