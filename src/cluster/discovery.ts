import { matchesGlob } from '../registry/glob.ts';
import { readHostPort } from '../registry/hostPort.ts';
import { formatReference, type Reference } from '../registry/reference.ts';
import { isElsewhere } from './elsewhere.ts';
import type { PodFacts } from './pod.ts';

/** A registry that pods of this node have images of. */
export interface DiscoveredRegistry {
	/** Its name in image references: `docker.io`, `registry.example:5000`. */
	readonly registry: string;
	/** The image that stands for all its images. */
	readonly image: Reference;
	/** Pods of this node that use it now; 0 for one that is only remembered. */
	readonly pods: number;
	/** When a pod last used it, on the clock of `now`. */
	readonly seenAt: number;
}

/** Which registries are taken, and for how long. */
export interface DiscoveryRules {
	/** Patterns of registries, with or without port; one of them must match. */
	readonly allow: readonly string[];
	/** Patterns of registries, none of which may match. */
	readonly deny: readonly string[];
	/** Seconds for which a registry is remembered that no pod uses any more. */
	readonly keep: number;
}

/** Registries that are taken at most. */
export const mostRegistries = 20;

/** How an image is used by the pods of this node. */
interface Use {
	readonly image: Reference;
	pods: number;
	/** The runtime has it. */
	pulled: boolean;
	/** It was pulled for a pod without pull secrets: others may be out of reach without them. */
	open: boolean;
}

type Uses = Map<string, Use>;

/**
 * The registries of the pods' images, sorted by name. At most 20: those with the most pods, of equal ones those that were
 * taken `before`. The image of a registry stays as long as a pod uses it, unless the runtime does not have it and has another:
 * a name that somebody mistyped does not stand for a registry. `now` is in milliseconds.
 */
export function discover(
	before: readonly DiscoveredRegistry[],
	pods: readonly PodFacts[],
	rules: DiscoveryRules,
	now: number,
): readonly DiscoveredRegistry[] {
	const known = new Map(before.map((entry) => [entry.registry, entry]));
	const used = [...usesOf(pods)].map(([registry, { images, count }]) => {
		const image = chosen(images, known.get(registry)?.image);
		return { registry, image, pods: count, seenAt: now };
	});
	const present = new Set(used.map(({ registry }) => registry));
	const remembered = before
		.filter(({ registry, seenAt }) => !present.has(registry) && now - seenAt < rules.keep * 1000)
		.map((entry) => ({ ...entry, pods: 0 }));
	return [...used, ...remembered]
		.filter(({ registry }) => isTaken(registry, rules))
		.toSorted((a, b) => b.pods - a.pods || age(known, a) - age(known, b) || compare(a.registry, b.registry))
		.slice(0, mostRegistries)
		.toSorted((a, b) => compare(a.registry, b.registry));
}

/** Whether both name the same registries and images; how many pods use them says nothing about what to probe. */
export function sameRegistries(a: readonly DiscoveredRegistry[], b: readonly DiscoveredRegistry[]): boolean {
	const textOf = (found: readonly DiscoveredRegistry[]) =>
		found.map(({ registry, image }) => `${registry} ${formatReference(image)}`).join('\n');
	return textOf(a) === textOf(b);
}

function usesOf(pods: readonly PodFacts[]): Map<string, { readonly images: Uses; count: number }> {
	const registries = new Map<string, { readonly images: Uses; count: number }>();
	for (const { images, pullSecrets } of pods) {
		const met = new Set<string>();
		for (const { reference: image, pulled } of images) {
			if (!image) continue;
			const entry = registries.get(image.domain) ?? { images: new Map<string, Use>(), count: 0 };
			registries.set(image.domain, entry);
			if (!met.has(image.domain)) entry.count += 1;
			met.add(image.domain);
			const key = formatReference(image);
			const use = entry.images.get(key) ?? { image, pods: 0, pulled: false, open: false };
			entry.images.set(key, use);
			use.pods += 1;
			use.pulled ||= pulled;
			use.open ||= pulled && pullSecrets.length === 0;
		}
	}
	return registries;
}

function chosen(images: Uses, before: Reference | undefined): Reference {
	const ranked = [...images]
		.map(([key, use]) => ({ key, ...use }))
		.toSorted((a, b) => rank(b) - rank(a) || b.pods - a.pods || compare(a.key, b.key));
	const [best] = ranked;
	if (!best) throw new RangeError('a registry without images');
	const former = before && images.get(formatReference(before));
	return former && (former.pulled || !best.pulled) ? former.image : best.image;
}

function rank({ pulled, open }: Use): number {
	return Number(pulled) + Number(open);
}

/** Whether a registry that a pod names may be asked: no host of this machine, and none that the rules leave out. */
export function isTaken(registry: string, { allow, deny }: Pick<DiscoveryRules, 'allow' | 'deny'>): boolean {
	const hostname = readHostPort(registry)?.hostname ?? registry;
	const matches = (pattern: string) => matchesGlob(pattern, registry) || matchesGlob(pattern, hostname);
	return isElsewhere(hostname) && allow.some(matches) && !deny.some(matches);
}

function age(known: ReadonlyMap<string, unknown>, { registry }: DiscoveredRegistry): number {
	return known.has(registry) ? 0 : 1;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
