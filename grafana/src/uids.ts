/** The boards by their stable ids, which links and bookmarks hold on to. */
export const uids = {
	fleet: 'registry-probe-fleet',
	node: 'registry-probe-node',
	registry: 'registry-probe-registry',
	rateLimits: 'registry-probe-rate-limits',
	agent: 'registry-probe-agent',
} as const;

export type BoardName = keyof typeof uids;

/** What every board has on top, for links to the others. */
export const titles: Readonly<Record<BoardName, string>> = {
	fleet: 'Registry probe / Fleet',
	node: 'Registry probe / Node',
	registry: 'Registry probe / Registry',
	rateLimits: 'Registry probe / Rate limits',
	agent: 'Registry probe / Agent',
};
