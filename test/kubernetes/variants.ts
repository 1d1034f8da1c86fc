import { kustomizations } from '../manifests/files.ts';

/** Something that can be installed: a directory of the manifests, and components that are laid over it. */
export interface Variant {
	readonly directory: string;
	readonly components: readonly string[];
}

export const components = kustomizations.filter((name) => name.startsWith('components/'));

/** Every directory by itself, the base with each component, and with all of them. */
export const variants: readonly Variant[] = [
	...kustomizations.filter((name) => !components.includes(name)).map((directory) => ({ directory, components: [] })),
	...components.map((name) => ({ directory: 'base', components: [name] })),
	{ directory: 'base', components },
	{ directory: 'pod-network', components: ['components/scrape-annotations'] },
];

/** How a variant is called in a test: `base with discovery`. */
export function titleOf({ directory, components: added }: Variant): string {
	const names = added.map((name) => name.replace('components/', ''));
	return names.length === 0 ? directory : `${directory} with ${names.join(', ')}`;
}
