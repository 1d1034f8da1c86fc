import type { Config, RegistrySettings } from '../config/config.ts';
import { sameEndpoint } from '../registry/endpoint.ts';
import { upstreamEndpoint } from '../registry/hosts.ts';
import { parseTargetName, type TargetName } from '../registry/image.ts';
import { formatReference } from '../registry/reference.ts';
import { wishOf } from './image.ts';
import { type NodeRules, silentNode } from './nodeRules.ts';
import { planEntry, unconfigured } from './planTargets.ts';
import type { Target } from './target.ts';

/**
 * The targets that a person names: a registry (`docker.io`, `localhost:5000`) or an image (`ghcr.io/org/app:1.2`). The
 * settings of the configured registry of that name hold for it; what is typed stands over them. Throws
 * `InvalidReference`.
 */
export function targetsFor(typed: string, config: Config, rules: NodeRules = silentNode): readonly Target[] {
	const named = config.registries?.find(({ name }) => name === typed);
	if (named) return planEntry(named, config, rules, 'configured');
	const name = parseTargetName(typed);
	const entry = config.registries?.find((settings) => settings.name === name.name);
	if (entry) return planEntry(over(entry, name), config, rules, 'configured');
	const settings = { ...unconfigured(name.name, config), source: { file: 'command line' } };
	return planEntry(over(settings, name), config, rules, 'configured');
}

/** The entry with another image or host. What belongs to the former one stays behind: its layer, its login. */
function over(entry: RegistrySettings, { image, endpoint }: TargetName): RegistrySettings {
	const { blobDigest, credentials, ...others } = entry;
	const before = wishOf(entry).image;
	const sameImage = !image || formatReference(image) === formatReference(before);
	const sameHost = !endpoint || sameEndpoint(endpoint, entry.endpoint ?? upstreamEndpoint(before.domain));
	return {
		...others,
		...(image && { image }),
		...(endpoint && { endpoint }),
		...(sameImage && blobDigest !== undefined && { blobDigest }),
		credentials: sameHost ? credentials : { source: 'anonymous' },
	};
}
