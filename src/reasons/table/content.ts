import type { Explanation } from '../explanation.ts';

const head = 'curl -sSI -m 10 -L -H "Authorization: Bearer $TOKEN" {source}';

/** What the registry holds, and whether it arrives whole. */
export const content = {
	repository_not_found: {
		title: 'the repository does not exist',
		stages: ['manifest'],
		means: '{place} has no repository {repository}. Pulls of any tag of it fail everywhere, not only on this node.',
		prints: 'failed to resolve image: {image}: not found',
		remedy:
			'Correct the name of the image, or push it. For a mirror: its path prefix may be wrong, or it does not hold this repository.',
		confirm: head,
		related: ['manifest_not_found', 'auth_denied'],
	},
	manifest_not_found: {
		title: 'the tag or digest does not exist',
		stages: ['manifest'],
		means:
			'{place} has no tag or digest {reference} in {repository}. Pulls of this image fail everywhere, not only on this node.',
		prints: 'failed to resolve image: {image}: not found',
		remedy:
			'Correct the tag, or push the image. A tag that was there before has been deleted or cleaned up by a retention rule.',
		confirm: head,
		related: ['repository_not_found'],
	},
	manifest_invalid: {
		title: 'what the registry serves is not a manifest that runtimes take',
		stages: ['manifest'],
		means:
			'The answer for {reference} is of a type that no runtime takes (schema 1, an unknown media type), is damaged or is larger than 4 MiB. Pulls of this image fail everywhere.',
		prints: 'failed to resolve image: rejecting … byte manifest for {image}: not found',
		remedy: 'Build and push the image again with a current tool. If only a mirror serves it so, clear the mirror.',
		confirm: head,
		related: ['digest_mismatch', 'http_intercepted'],
	},
	platform_not_found: {
		title: "the image is not made for this node's platform",
		stages: ['manifest'],
		means:
			"The index of {image} holds no manifest for this node's operating system and architecture. Pulls fail on nodes of this kind only.",
		prints: 'get image config descriptor: no match for platform in manifest sha256:…: not found',
		remedy:
			'Push the image for this platform too, or keep its pods on nodes that it is made for (nodeSelector kubernetes.io/arch).',
		confirm: 'uname -sm',
		related: ['manifest_not_found'],
	},
	blob_not_found: {
		title: 'a layer is missing',
		stages: ['blob'],
		means:
			'The manifest of {image} names a layer that {place} does not have. Pulls fail on every node that does not hold it already.',
		prints:
			'failed to copy: httpReadSeeker: failed open: could not fetch content descriptor sha256:… (application/vnd.oci.image.layer.v1.tar+gzip) from remote: not found',
		remedy:
			'Push the image again. If it happens with many images, the garbage collection or the storage of the registry has lost data.',
		confirm: head,
		related: ['manifest_not_found'],
	},
	digest_mismatch: {
		title: 'the content is not what its digest says',
		stages: ['manifest', 'blob'],
		means:
			'What {place} served does not hash to the digest that was asked for. The runtime throws it away and pulls fail.',
		prints: 'failed to copy: httpReadSeeker: read past expected size …: failed precondition',
		printsAt: {
			blob: 'failed commit on ref "layer-sha256:…": unexpected commit digest sha256:…, expected sha256:…: failed precondition',
		},
		remedy:
			'Something changes the content: a damaged cache in a mirror or CDN, a filter that rewrites downloads, broken storage. Clear the cache and compare with another node.',
		confirm: head,
		related: ['body_truncated', 'http_intercepted'],
	},
	body_truncated: {
		title: 'the download breaks off',
		stages: ['token', 'manifest', 'blob'],
		means: '{place} ended an answer before it was complete. Pulls fail, or succeed after several tries.',
		prints: 'short read: expected … bytes but got …: unexpected EOF',
		remedy:
			'Look for a proxy or load balancer with a size or time limit on downloads, and for errors in the storage of the registry.',
		confirm: head,
		related: ['connection_reset', 'body_stalled'],
	},
	body_stalled: {
		title: 'the download stops and stays open',
		stages: ['token', 'manifest', 'blob'],
		means:
			'The download from {place} stops and the connection stays open. containerd has no time-out for a layer that hangs in its first MiB: pods wait in ContainerCreating without any error, and three such layers block all pulls of the node.',
		prints: 'context canceled',
		remedy:
			'Look at the path to {authority}: a smaller MTU on a tunnel, a traffic shaper, a CDN node that is ill. On the node, restart the runtime to free pulls that hang.',
		confirm: 'tracepath -n {hostname}; cat /sys/class/net/*/mtu',
		related: ['pull_slots_blocked', 'http_timeout', 'tls_large_hello_blocked'],
	},
} as const satisfies Readonly<Record<string, Explanation>>;
