import { complete } from '../../src/config/complete.ts';
import type { Config, RegistrySettings } from '../../src/config/config.ts';
import { formatDuration } from '../../src/config/duration.ts';
import { formatSize } from '../../src/config/size.ts';
import { planEntry, planTargets, unconfigured } from '../../src/plan/planTargets.ts';
import { silentNode } from '../../src/plan/nodeRules.ts';
import { parseReference } from '../../src/registry/image.ts';
import { formatAddress } from '../../src/server/listen.ts';
import { code } from './table.ts';

const config: Config = { ...complete({}, undefined, { NODE_NAME: 'node' }, {}), files: [] };

/** A registry of which only name and image are known. */
function plainTarget() {
	const entry: RegistrySettings = {
		...unconfigured('registry.example', config),
		image: parseReference('registry.example/app:1'),
	};
	const [target] = planEntry(entry, config, silentNode, 'configured');
	if (!target) throw new TypeError('an entry without a target');
	return target;
}

const target = plainTarget();
const { discovery, explain, pullSecrets, cluster, node } = config;
const seconds = (value: number) => code(formatDuration(value));
const size = (value: number) => code(formatSize(value));
const list = (values: readonly string[]) => (values.length === 0 ? 'none' : values.map(code).join(', '));
const flag = (value: boolean) => code(String(value));
/** A key that has no default of its own. */
const none = '–';

/** What holds where a key is not written, as the code fills it in. */
const defaults: Readonly<Record<string, string>> = {
	listen: code(formatAddress(config.listen)),
	authentication: code(config.authentication),
	interval: seconds(config.interval),
	timeout: seconds(config.timeout),
	attempt_timeout: seconds(config.attemptTimeout),
	concurrency: code(String(config.concurrency)),
	'node.name': '`NODE_NAME` of the environment, else the host name',
	'node.root': code(node.root),
	'node.runtime': code(node.runtime),
	'node.network': code(node.network),
	'node.credential_providers': code(node.credentialProviders),
	proxy: code(config.proxy.kind),
	no_proxy: config.noProxy === '' ? 'empty' : code(config.noProxy),
	registries: list(planTargets(config).map(({ registry }) => registry)),
	'registries[].interval': `as \`interval\`; public registries ${seconds(planTargets(config)[0]?.interval ?? 0)}`,
	'registries[].ratelimit.floor': code(`${target.floor * 100}%`),
	'registries[].blob.bytes': size(target.blob?.bytes ?? 0),
	'registries[].manifest_get': code(target.manifestGet ? 'allowed' : 'never'),
	'registries[].credentials': code(target.credentials.source),
	'registries[].insecure': flag(target.insecure),
	'registries[].proxy': 'as `proxy`',
	'registries[].no_proxy': 'as `no_proxy`',
	'discovery.mirrors': flag(discovery.mirrors),
	'discovery.images': flag(discovery.images),
	'discovery.upstream': code(discovery.upstream),
	'discovery.allow': list(discovery.allow),
	'discovery.deny': list(discovery.deny),
	'discovery.keep': seconds(discovery.keep),
	'discovery.credentials': code(discovery.credentials),
	'discovery.service_account': code(discovery.serviceAccount),
	'explain.pods': flag(explain.pods),
	'explain.probe': flag(explain.probe),
	'pull_secrets.namespaces': list(pullSecrets.namespaces),
	'pull_secrets.interval': seconds(pullSecrets.interval),
	'cluster.events': flag(cluster.events),
	'cluster.condition': flag(cluster.condition),
	'cluster.condition_after': seconds(cluster.conditionAfter),
};

/** Names of keys whose default is known here, for a test that none is forgotten. */
export const keysWithDefaults: readonly string[] = Object.keys(defaults);

/** The default of a key; a dash for one that has none of its own. */
export function defaultOf(key: string): string {
	return defaults[key] ?? none;
}
