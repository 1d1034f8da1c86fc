/** Runs an agent as on a node that grants little memory: then what grows is needed, and not V8 taking its time. */
export const smallHeap = ['env', 'NODE_OPTIONS=--max-old-space-size=64 --max-semi-space-size=2'];

/** The text of a configuration for agents of these suites: attempts a second apart. `entries` are lines below `registries`. */
export function configurationOf(root: string, entries: readonly string[], timeout = 2): string {
	return [
		'listen: 127.0.0.1:0',
		`interval: 1s\ntimeout: ${timeout}s\nattempt_timeout: ${3 * timeout}s\nproxy: none`,
		`node: { name: node-1, root: ${root} }`,
		'registries:',
		...entries.map((entry) => `  - ${entry}`),
		'',
	].join('\n');
}

/** An entry of the configuration. `more` is YAML of further keys. */
export function entryOf(name: string, endpoint: string, more = ''): string {
	return `{ name: ${name}, image: '${name}/team/app:1', endpoint: '${endpoint}'${more && `, ${more}`} }`;
}
