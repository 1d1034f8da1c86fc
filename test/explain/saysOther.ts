/** Texts of one scenario whose words tell a true fault, but not the one that was set up. */
export interface SaysOther {
	readonly scenario: string;
	/** How the names of the runtimes begin. */
	readonly runtimes: readonly string[];
	readonly reason: string;
	readonly why: string;
}

const notUp = 'the proxy was not listening yet when these runtimes pulled';
const mirrorFirst = 'of several hosts these versions name the first that failed, here the mirror';

/** No reader could tell the fault that was set up from these. */
export const saysOther: readonly SaysOther[] = [
	{ scenario: 'proxy-squid', runtimes: ['containerd 1.7', 'containerd 2.2'], reason: 'proxy_unreachable', why: notUp },
	{
		scenario: 'proxy-squid407',
		runtimes: ['containerd 1.7', 'containerd 2.2'],
		reason: 'proxy_unreachable',
		why: notUp,
	},
	{
		scenario: 'mirror-refused-upstream-404',
		runtimes: ['containerd 1.6', 'containerd 1.7'],
		reason: 'tcp_refused',
		why: mirrorFirst,
	},
];

/** Words that fit several faults, by the start of what the reading repeats, and why they tell no more. */
export const leftOpen: readonly { readonly words: RegExp; readonly why: string }[] = [
	{
		words: /"(?:: |$).*EOF$/,
		why: 'Go prints EOF for a connection closed in the handshake, by a proxy, and instead of an answer',
	},
	{
		words: /401 Unauthorized|: unauthorized|: authentication required/,
		why: 'the answer is 401 whether credentials are missing, wrong, or could not be asked for',
	},
	{
		words: /invalid username\/password/,
		why: 'containers/image words every 401 of a token service so, an anonymous one too',
	},
	{
		words: /Digest did not match/,
		why: 'a body that ends within the first buffer may be the page of a filter, or a broken layer',
	},
	{ words: /": context canceled$/, why: 'the pull was given up while a request waited, for what is not said' },
	{ words: /registry 404 \(Not Found\)$/, why: 'a /v2/ that is missing tells of no registry, not of an image' },
];
