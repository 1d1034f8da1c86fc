/** What the demo's agent is told. */
export interface AgentWish {
	/** `127.0.0.1:9917` */
	readonly listen: string;
	/** `5s` */
	readonly interval: string;
	/** The root of the node's file system. */
	readonly root: string;
	/** Name → image. */
	readonly registries: Readonly<Record<string, string>>;
	/** The digest of the layer that all of them have: a registry with a quota is asked for no manifest that would tell it. */
	readonly layer: string;
}

/** The configuration file of the demo's agent. */
export function configurationText({ listen, interval, root, registries, layer }: AgentWish): string {
	const entries = Object.entries(registries).flatMap(([name, image]) => [
		`  - name: ${JSON.stringify(name)}`,
		`    image: ${JSON.stringify(image)}`,
		`    blob: { digest: ${JSON.stringify(layer)} }`,
	]);
	return [
		`listen: ${JSON.stringify(listen)}`,
		`interval: ${interval}`,
		'timeout: 3s',
		'attempt_timeout: 12s',
		`node: { name: demo-node, root: ${JSON.stringify(root)} }`,
		'proxy: none',
		'registries:',
		...entries,
		'',
	].join('\n');
}
