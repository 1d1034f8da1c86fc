/** What a set-up needs to be written down. */
export interface SetupOptions {
	/** The scenario's name, which is the name of its hosts. */
	readonly scenario: string;
	/** Of containerd. */
	readonly version: string;
	readonly localPull?: boolean;
	/** PEM of the authority that signed the scenario's private servers. */
	readonly ca: string;
}

/** Files of a node, by path. */
export type Files = Readonly<Record<string, string>>;

/** The registry of a scenario, and its mirror. */
export const registryOf = (scenario: string) => `${scenario}.lab.test`;
export const mirrorOf = (scenario: string) => `${scenario}--mirror.lab.test`;

const directory = '/etc/containerd/certs.d';

/** The node's files for a scenario of the recorded ones. A scenario that says nothing of mirrors has an empty directory. */
export function setupOf(options: SetupOptions): Files {
	const config = configOf(options, configPaths[options.scenario]);
	return { '/etc/containerd/config.toml': config, ...setups[options.scenario]?.(options) };
}

/** Where the directories of hosts are, when it is not the usual place; `null` when the file does not say. */
const configPaths: Readonly<Record<string, string | null>> = {
	'cfg-colon': '/etc/containerd/first.d:/etc/containerd/second.d',
	'cfg-default': null,
};

function configOf({ version, localPull }: SetupOptions, path: string | null = directory): string {
	const older = version.startsWith('1.');
	const plugin = older ? 'io.containerd.grpc.v1.cri' : 'io.containerd.cri.v1.images';
	return [
		`version = ${older ? 2 : 3}`,
		`[plugins."${plugin}"]`,
		...(localPull ? ['use_local_image_pull = true'] : []),
		...(path === null ? [] : [`[plugins."${plugin}".registry]`, `config_path = "${path}"`]),
		'',
	].join('\n');
}

type Setup = (options: SetupOptions) => Files;

/** A hosts.toml for the scenario's registry, in the usual directory or another. */
function hostsToml(write: (mirror: string) => string, root = directory, name?: string): Setup {
	return ({ scenario }) => ({ [`${root}/${name ?? registryOf(scenario)}/hosts.toml`]: write(mirrorOf(scenario)) });
}

/** The ordinary mirror: a host with both capabilities, and more keys. */
const mirror = (...more: readonly string[]) =>
	hostsToml((host) => [`[host."https://${host}"]`, 'capabilities = ["pull", "resolve"]', ...more, ''].join('\n'));
const withCapabilities = (words: string) => hostsToml((host) => `[host."https://${host}"]\ncapabilities = ${words}\n`);
const serverOnly = hostsToml((host) => `server = "https://${host}"\n`);

const setups: Readonly<Record<string, Setup>> = {
	'cfg-colon': hostsToml((host) => `[host."https://${host}"]\n`, '/etc/containerd/second.d'),
	'cfg-default': mirror(),
	'default-dir': hostsToml((host) => `[host."https://${host}"]\n`, directory, '_default'),
	'mirror-403': mirror(),
	'mirror-404': mirror(),
	'mirror-500': mirror(),
	'mirror-auth-basic': mirror(),
	'mirror-badtoml': hostsToml((host) => `[host."https://${host}"\ncapabilities = [`),
	'mirror-blob-500': mirror(),
	'mirror-ca': (options) => ({
		...mirror('ca = "ca.crt"')(options),
		[`${directory}/${registryOf(options.scenario)}/ca.crt`]: options.ca,
	}),
	'mirror-docker-layout': ({ scenario, ca }) => ({ [`${directory}/${registryOf(scenario)}/ca.crt`]: ca }),
	'mirror-dropped-dial1s': mirror('dial_timeout = "1s"'),
	'mirror-nxdomain': mirror(),
	'mirror-prefix': hostsToml((host) => `[host."https://${host}/proxy"]\n`),
	'mirror-pull-only': withCapabilities('["pull"]'),
	'mirror-pull-only-digest': withCapabilities('["pull"]'),
	'mirror-refused': mirror(),
	'mirror-refused-upstream-404': mirror(),
	'mirror-refused-upstream-nxdomain': mirror(),
	'mirror-resolve-only': withCapabilities('["resolve"]'),
	'mirror-server-dead': serverOnly,
	'mirror-server-set': serverOnly,
	'mirror-skip-verify': mirror('skip_verify = true'),
	'mirror-untrusted': mirror(),
};
