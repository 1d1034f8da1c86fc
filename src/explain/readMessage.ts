import { printable } from '../registry/redact.ts';
import { redactText } from '../registry/redactText.ts';
import { imageName } from './image.ts';
import { layersOf } from './layers.ts';
import { errorsIn } from './message.ts';
import { passagesOf } from './passages.ts';
import { type Place, placeOf } from './place.ts';
import type { Reading } from './reading.ts';
import { abuse, byRules, notFound, proxyRefusal, type Reader, unfollowed } from './readers.ts';
import { auth, unauthorized } from './rules/auth.ts';
import { content } from './rules/content.ts';
import { dns } from './rules/dns.ts';
import { givenUp, http } from './rules/http.ts';
import { kubelet } from './rules/kubelet.ts';
import { proxy, tcp } from './rules/reach.ts';
import { tls } from './rules/tls.ts';
import type { Passages } from './scene.ts';
import { merged } from './merged.ts';
import { readStatus } from './status.ts';

/** In the order in which they are believed: the way to the host first, and what says least last. */
const readers: readonly Reader[] = [
	byRules(kubelet),
	byRules(proxy),
	byRules(dns),
	byRules(tcp),
	byRules(tls),
	byRules(http),
	unfollowed,
	abuse,
	byRules(auth),
	byRules(content),
	readStatus,
	byRules(unauthorized),
	proxyRefusal,
	notFound,
	byRules(givenUp),
];

/** Words of kubelet that say nothing about the cause. */
const outerWords =
	/(?:^|\s)(?:Error|Failed|ErrImagePull|ImagePullBackOff|RegistryUnavailable|ImageInspectError|(?:Back-off pulling|Failed to pull|Pulling) image ".*"|image pull failed for \S+ because the registry is unavailable\.?)$/;
/** Layers that say no more than that the image was pulled. */
const imageOnly = /^(?:failed to (?:pull and unpack image|resolve reference) |initializing source |rpc error$)/;
const longestSaid = 300;
const innermost = 3;

/**
 * Reads a message of kubelet, containerd, CRI-O, podman or docker about a pull that failed: of the pod's status, an
 * event or a log. Of a longer one the first 64 KiB. Never throws; what the text does not say stays open.
 */
export function readMessage(message: string): Reading {
	const [first, ...others] = errorsIn(message);
	return merged([readError(first), ...others.map(readError)]);
}

function readError(text: string): Reading {
	const layers = layersOf(text);
	const error = passagesOf(layers);
	const told = firstOf(error) ?? { reason: null };
	const { image } = error.scene;
	return {
		reason: told.reason,
		open: told.open ?? [],
		...shown(placeOf(error, told)),
		...(image !== undefined && { image: imageName(image) }),
		said: saidBy(layers),
		outerOnly: layers.length > 0 && layers.every((layer) => outerWords.test(layer)),
		details: detailsOf(error),
	};
}

function firstOf(error: Passages) {
	for (const reader of readers) {
		const told = reader(error);
		if (told) return told;
	}
	return undefined;
}

function shown({ host, ...place }: Place): Place {
	return host === undefined ? place : { ...place, host: safe(host) };
}

/** A name or an address is what stood at its place in the text: it could hold anything. */
function safe(text: string): string {
	return printable(redactText(text));
}

function detailsOf({ scene, kinds }: Passages): Reading['details'] {
	const { status, nameserver, dialled, lookedUp, request } = scene;
	return {
		...(status !== undefined && { status }),
		...(nameserver !== undefined && { nameserver: safe(nameserver) }),
		...(lookedUp !== undefined && { lookedUp: safe(lookedUp) }),
		// Inside of a look-up it is the nameserver that is dialled.
		...(dialled !== undefined && !kinds.has('lookup') && { dialled: safe(dialled) }),
		...(request?.scheme && { scheme: request.scheme }),
	};
}

/** The layers from the failing request on; without one the innermost few. */
function saidBy(layers: readonly string[]): string {
	const request = layers.findLastIndex((layer) => /\b(?:Get|Head|Post|Put) "|^unexpected status from /.test(layer));
	const words =
		request < 0 ? layers.filter((layer) => !imageOnly.test(layer)).slice(-innermost) : layers.slice(request);
	return printable(redactText(words.join(': ').slice(0, 10 * longestSaid)), longestSaid);
}
