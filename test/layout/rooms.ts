/** Whose code a room may use, and of whom it may know the types only. */
interface Permission {
	readonly all: readonly string[];
	readonly types?: readonly string[];
}

const below = [
	'config',
	'registry',
	'reasons',
	'node',
	'cluster',
	'credentials',
	'plan',
	'probe',
	'schedule',
	'verdict',
];

/** The rooms and whom they may import. Nothing imports `commands/` but `main.ts`, nothing imports `main.ts`. */
export const rooms: Readonly<Record<string, Permission>> = {
	registry: { all: [] },
	reasons: { all: [] },
	config: { all: ['registry'] },
	node: { all: ['registry'] },
	cluster: { all: ['registry'] },
	credentials: { all: ['registry'], types: ['plan', 'node', 'cluster'] },
	plan: { all: ['registry'], types: ['config', 'node', 'cluster'] },
	probe: { all: ['registry', 'reasons'], types: ['plan', 'credentials'] },
	schedule: { all: ['plan', 'probe'] },
	verdict: { all: ['registry', 'reasons'], types: ['plan', 'probe'] },
	store: { all: [], types: below },
	explain: { all: ['registry', 'reasons', 'verdict'], types: ['store', 'plan', 'probe', 'cluster'] },
	// What the store holds is described by the types of these rooms.
	views: { all: ['explain', 'reasons', 'registry'], types: ['store', 'plan', 'probe', 'verdict', 'cluster'] },
	server: { all: [], types: ['views'] },
	commands: { all: [...below, 'store', 'explain', 'views', 'server'] },
};

/** The packages that are used at all, and by which rooms. */
export const packages: Readonly<Record<string, readonly string[]>> = {
	commander: ['commands', 'main.ts'],
	zod: ['config'],
	yaml: ['config', 'node'],
	'fastest-levenshtein': ['config'],
	'@kubernetes/client-node': ['cluster'],
	'p-limit': ['cluster', 'schedule'],
	undici: ['probe'],
	'dns-packet': ['probe'],
	'prom-client': ['views'],
	'toml-eslint-parser': ['node'],
};
