import type { Config, RegistrySettings } from '../config/config.ts';
import type { Reference } from '../registry/reference.ts';
import { type NodeRules, silentNode } from './nodeRules.ts';
import { planEntry, unconfigured } from './planTargets.ts';
import type { Target } from './target.ts';

/**
 * The targets of one image that a pod of this node has: where its runtime would look for it, in that order. What the
 * configuration says about its registry holds for it too, but for what belongs to another image: the layer, and a login
 * of the agent's own, which no pod has. Each is named after the image's registry, and has an id that no regular target
 * has. Pure.
 */
export function imageTargets(image: Reference, config: Config, rules: NodeRules = silentNode): readonly Target[] {
	const { domain } = image;
	const entry = configuredFor(domain, config);
	const settings = entry ? withoutOwn(entry) : ofPods(domain, config);
	const targets = planEntry({ ...settings, name: domain, image }, config, rules, entry ? 'configured' : 'discovered');
	return targets.map((target) => ({ ...target, id: `image ${target.id}` }));
}

/** What the configuration says about a registry, under whatever label. */
export function configuredFor(domain: string, { registries = [] }: Config): RegistrySettings | undefined {
	return registries.find(({ name }) => name === domain) ?? registries.find(({ image }) => image?.domain === domain);
}

function withoutOwn(entry: RegistrySettings): RegistrySettings {
	const { blobDigest: _, credentials, ...others } = entry;
	return { ...others, credentials: credentials.source === 'node' ? credentials : { source: 'anonymous' } };
}

function ofPods(domain: string, config: Config): RegistrySettings {
	const { credentials } = config.discovery;
	return {
		...unconfigured(domain, config),
		credentials: { source: credentials },
		source: { file: 'pods of this node' },
	};
}
