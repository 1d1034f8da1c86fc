import { requestOf } from './request.ts';
import type { Kind, Scene } from './scene.ts';

/** A layer that is no cause, but says something about those inside it. */
export interface Frame {
	readonly says: RegExp;
	/** Only below a layer of this kind. */
	readonly inside?: Kind;
	readonly kinds?: readonly Kind[];
	/** What the groups of the pattern tell; undefined when they cannot be read. */
	readonly tells?: (...groups: readonly string[]) => Scene | undefined;
}

const requested = (text = ''): Scene | undefined => {
	const request = requestOf(text);
	return request && { request };
};

const imaged = (image: string): Scene => ({ image });
const fetching: Scene = { operation: 'blob' };

/** Kubelet, CRI and containerd. */
const containerd: readonly Frame[] = [
	{ says: /\b(?:image|reference|image name) "([^"\s]{1,1000})"/, tells: imaged },
	{ says: /^failed to pull and unpack image |^failed to copy$|^failed to do request$/, kinds: ['containerd'] },
	{ says: /^failed to resolve (?:image|reference)\b/, kinds: ['containerd'], tells: () => ({ operation: 'manifest' }) },
	{ says: /^image pull failed for (\S{1,1000}) because /, tells: imaged },
	{ says: /^failed to authorize$/, kinds: ['authorize'] },
	{ says: /^failed to fetch anonymous token$/, tells: () => ({ operation: 'token', login: 'anonymous' }) },
	{ says: /^failed to fetch oauth token$/, tells: () => ({ operation: 'token', login: 'sent' }) },
	{ says: /^pulling from host (\S+) failed with /, tells: (named) => ({ named }) },
	{ says: /^failed commit on ref "(?:layer|config)-/, tells: () => fetching },
	{ says: /^failed commit on ref "(?:manifest|index)-/, tells: () => ({ operation: 'manifest' }) },
	{
		says: /^unexpected status from [A-Z]+ request to (\S+)$/,
		kinds: ['request', 'announced'],
		tells: requested,
	},
	{
		says: /^unexpected status code (https?:\S+)$/,
		kinds: ['announced'],
		tells: (url) => ({ ...requested(url), beforeRedirects: true }),
	},
];

/** github.com/containers/image, which CRI-O, podman and skopeo pull with; and what docker says alike. */
const containersImage: readonly Frame[] = [
	{ says: /\bdocker:\/\/(\S{1,1000})$/, kinds: ['source'], tells: imaged },
	{ says: /^pinging container registry (\S+)$/, kinds: ['ping'], tells: (named) => ({ named, operation: 'ping' }) },
	{
		says: /^reading manifest \S+ in ([^\s/]+)\/\S+$/,
		kinds: ['source'],
		tells: (named) => ({ named, operation: 'manifest' }),
	},
	{ says: /^(?:reading(?: config)?|trying to reuse) blob /, kinds: ['source'], tells: () => fetching },
	{ says: /^(?:[Ee]rror )?fetching blob$|^parsing image configuration$/, tells: () => fetching },
	{ says: /^writing blob$/, tells: () => fetching },
	{ says: /^storing blob to file /, kinds: ['stored'] },
	{ says: /^happened during read$/, kinds: ['reading'] },
	{
		says: /^(?:Requesting bear(?:er)? token|Trying to obtain access token|unable to retrieve auth token)$/,
		tells: () => ({ operation: 'token' }),
	},
	{
		says: /^decoding bearer token \(last URL "([^"]*)"/,
		tells: (url) => ({ ...requested(url), operation: 'token' }),
	},
	{
		says: /^(?:initializing image from source \S+|parse manifest)$/,
		kinds: ['source'],
		tells: () => ({ operation: 'manifest' }),
	},
	{ says: /^cannot parse input$/, kinds: ['input'] },
	{ says: /^"([^"\s]{1,1000})"$/, inside: 'input', tells: imaged },
	{ says: /^manifest for (\S+) not found$/, tells: (image) => ({ image, operation: 'manifest' }) },
];

/** Go's own: url.Error, net.OpError, net.DNSError, crypto/tls, net/http. */
const go: readonly Frame[] = [
	{ says: /\b(?:Get|Head|Post|Put) "([^"]+)"$/, kinds: ['request'], tells: requested },
	{ says: /\b(?:Get|Head|Post|Put) (https?:\/\/\S+)$/, kinds: ['request'], tells: requested },
	{ says: /^proxyconnect tcp$/, kinds: ['proxyconnect'] },
	{ says: /^socks connect tcp /, kinds: ['socks'] },
	{ says: /^dial (?:tcp|udp)\d?(?: (\S+))?$/, kinds: ['dial'], tells: (dialled) => (dialled ? { dialled } : {}) },
	{
		says: /^lookup (\S+)(?: on (\S+))?$/,
		kinds: ['lookup'],
		tells: (lookedUp, nameserver) => ({ lookedUp, ...(nameserver ? { nameserver } : {}) }),
	},
	{ says: /^(?:read|write) tcp\d? /, kinds: ['connection'] },
	{ says: /^remote error$/, kinds: ['alert'] },
	{ says: /^x509$/, kinds: ['certificate'] },
	{ says: /transport connection broken$/, kinds: ['broken'] },
];

const statusOf = (digits: string): Scene => ({ status: Number(digits) });

/** Who announces the number of a status, and the number; behind it stand the words of the server. */
const statuses: readonly Frame[] = [
	{
		says: /^unexpected status(?: code)?$|failed with (?:unexpected )?status code \[[^\]]*\]$|^StatusCode$/,
		kinds: ['announced'],
	},
	{ says: /^received unexpected HTTP status$|^login attempt to .* failed with status$/, kinds: ['announced'] },
	{ says: /^(\d{3})(?!\d)/, inside: 'announced', kinds: ['body'], tells: statusOf },
	{ says: /^invalid status code from registry (\d{3})(?!\d)/, kinds: ['body'], tells: statusOf },
	{ says: /^error parsing HTTP (\d{3}) response body$/, kinds: ['body'], tells: statusOf },
];

/** Every kind of frame. All that fit a layer are believed. */
export const frames: readonly Frame[] = [...containerd, ...containersImage, ...go, ...statuses];
