import { registryError } from '../../fakes/registryError.ts';
import { nowhere } from '../../parity/network.ts';
import type { Setup } from '../../parity/site.ts';
import type { Cause } from '../../../src/explain/podExplanation.ts';
import type { Incident, SecretWish } from '../incident.ts';

const login = { user: 'user', password: 'secret' };

interface Both {
	readonly causes: readonly Cause[];
	readonly like: string;
	readonly setup: Setup;
	readonly secret?: SecretWish;
	readonly words?: string;
}

const two = (id: string, what: string, both: Both): Incident => ({ id, kind: 'two', what, ...both });

const typo =
	(options: Parameters<Parameters<Setup>[0]['registry']>[0] = {}): Setup =>
	async (site) => {
		await site.registry(options);
		return { image: `${site.nameOf()}/team/app:nope` };
	};

/** Two faults at once: what kubelet met, and what a probe meets now, or one behind the other. */
export const twoAtOnce: readonly Incident[] = [
	two('typo-then-down', 'a mistyped tag; since then the registry is down', {
		causes: ['image', 'registry'],
		like: 'real-404-tag',
		setup: typo({ respond: () => registryError(503, 'UNAVAILABLE') }),
	}),
	two('typo-then-cut', 'a mistyped tag; since then this node does not get there', {
		causes: ['image', 'node'],
		like: 'real-404-tag',
		setup: (site) => {
			site.know('', { A: [nowhere.prohibited] });
			return Promise.resolve({ image: `${site.nameOf()}/team/app:nope` });
		},
	}),
	two('secret-then-down', 'a wrong pull secret; since then the registry is down', {
		causes: ['credentials', 'registry'],
		like: 'auth-basic-badcreds',
		setup: async (site) => void (await site.registry({ respond: () => registryError(503, 'UNAVAILABLE') })),
		secret: { user: 'user', password: 'wrong' },
	}),
	two('down-then-secret', 'the registry was down; it is back and rejects the pull secret', {
		causes: ['credentials', 'registry'],
		like: 'http-503',
		setup: async (site) => void (await site.registry({ auth: { basic: login } })),
		secret: { user: 'user', password: 'wrong' },
	}),
	two('limit-and-typo', 'a mistyped tag at a registry whose quota is used up', {
		causes: ['rate_limit', 'image'],
		like: 'http-429-abuse',
		setup: typo({
			respond: () => ({ status: 429, headers: { 'content-type': 'text/plain' }, body: 'Too Many Requests' }),
		}),
	}),
	two('cut-then-typo', 'this node did not get there; it does now, and the tag is mistyped', {
		causes: ['node', 'registry', 'image'],
		like: 'tcp-output-drop',
		setup: typo(),
	}),
	two('disk-and-secret', 'the disk of the node is full, and the pull secret is wrong', {
		causes: ['kubelet', 'credentials'],
		like: 'auth-basic-badcreds',
		setup: async (site) => void (await site.registry({ auth: { basic: login } })),
		secret: { user: 'user', password: 'wrong' },
		words:
			'failed to pull and unpack image "IMAGE": failed to extract layer sha256:0a: write /var/lib/containerd/x: no space left on device: unknown',
	}),
	two('throttled-and-down', 'kubelet pulls no more for now, and the registry is down', {
		causes: ['kubelet', 'registry'],
		like: 'http-503',
		setup: async (site) => void (await site.registry({ respond: () => registryError(503, 'UNAVAILABLE') })),
		words: 'pull QPS exceeded',
	}),
];
