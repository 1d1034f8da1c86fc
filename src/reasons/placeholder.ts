/** The names that templates use in braces, each with the word that stands where its value is not known. */
export const placeholderWords = {
	/** The configured name, as in the label `registry`. */
	registry: 'REGISTRY',
	/** The canonical image reference. */
	image: 'IMAGE',
	/** The host of the target, as in the label `host`. */
	host: 'HOST',
	/** The host that played the role, as in the label `peer`. */
	peer: 'HOST',
	/** The peer without its port, an IPv6 address without brackets. */
	hostname: 'HOST',
	port: 'PORT',
	/** `hostname:port`, an IPv6 address in brackets. Made from `hostname` and `port`. */
	authority: 'HOST:PORT',
	/** The address that was dialled, an IPv6 address without brackets. */
	address: 'ADDRESS',
	/** `address:port`, made from them. */
	dialled: 'ADDRESS:PORT',
	scheme: 'https',
	role: 'ROLE',
	stage: 'STAGE',
	repository: 'REPOSITORY',
	/** Tag or digest. */
	reference: 'REFERENCE',
	/** Of the blob, with its algorithm. */
	digest: 'DIGEST',
	/** As in the label `nameserver`: port only when not 53. */
	nameserver: 'NAMESERVER',
	/** Parts of `nameserver`, made from it. */
	nameserverHost: 'NAMESERVER',
	nameserverPort: '53',
	nameserverAuthority: 'NAMESERVER:53',
	/** `scheme://host:port`, without a login. */
	proxy: 'PROXY',
	/** Host and port of `proxy`. Made from it. */
	proxyAuthority: 'PROXY',
	/** Status and phrase of an HTTP answer: `503 Service Unavailable`. */
	answer: 'STATUS',
} as const;

export type Placeholder = keyof typeof placeholderWords;

/** What is known about a failure; all of it may come from outside. */
export type Values = Readonly<Partial<Record<Placeholder, string>>>;

export function isPlaceholder(name: string): name is Placeholder {
	return Object.hasOwn(placeholderWords, name);
}
