import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { now } from './builders.ts';

/** A pod whose pull secret is rejected, with every member that there is. `change` replaces single ones; `seconds`: now. */
export function aPod(change: Partial<PodExplanation> = {}, seconds = now / 1000): Required<PodExplanation> {
	return {
		namespace: 'shop',
		pod: 'cart-7d9f',
		uid: '7d9f',
		container: 'web',
		image: 'ghcr.io/acme/cart:2.41',
		registry: 'ghcr.io',
		state: 'ImagePullBackOff',
		since: seconds - 1080,
		tries: 7,
		cause: 'credentials',
		explained: 'image',
		reason: 'auth_rejected',
		role: 'token',
		stage: 'token',
		host: 'ghcr.io',
		summary: 'The pull secret shop/regcred is rejected.',
		evidence: [
			{
				at: seconds - 60,
				source: 'kubelet',
				text: 'failed to fetch oauth token: unexpected status from GET request: 401 Unauthorized',
			},
			{ at: seconds - 20, source: 'image', text: 'this image with that secret from this node: 401' },
			{ source: 'nodes', text: 'ghcr.io anonymously from 41 other nodes: ok' },
		],
		changed: [{ at: seconds - 1200, text: 'Secret shop/regcred updated' }],
		remedy:
			'kubectl -n shop create secret docker-registry regcred --docker-server=ghcr.io --dry-run=client -o yaml\nThe kubelet tries again within 5 min; delete the pod to try at once.',
		pullSecrets: [{ name: 'regcred', success: false, reason: 'auth_rejected' }],
		...change,
	};
}

/** A pod that waits because of a path that is broken, too. */
export function aPodOfHub(pod: string): PodExplanation {
	const seconds = now / 1000;
	return aPod({
		pod,
		uid: pod,
		image: 'docker.io/library/nginx:1.29',
		registry: 'docker.io',
		cause: 'registry',
		explained: 'probe',
		reason: 'tcp_timeout',
		stage: 'tcp',
		host: 'auth.docker.io',
		summary: 'The token service of docker.io cannot be reached from this node.',
		evidence: [
			{ at: seconds - 60, source: 'kubelet', text: 'dial tcp 18.206.20.10:443: i/o timeout' },
			{ at: seconds - 5, source: 'probe', text: 'token tcp at auth.docker.io: tcp_timeout' },
		],
		changed: [],
		remedy: 'Let this node out to auth.docker.io:443.',
		pullSecrets: [],
	});
}
