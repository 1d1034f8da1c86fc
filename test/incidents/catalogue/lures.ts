import { registryError } from '../../fakes/registryError.ts';
import { nowhere } from '../../parity/network.ts';
import type { Setup } from '../../parity/site.ts';
import { type Incident, recordedFault, type WorldPlan } from '../incident.ts';

const at =
	(address: string): Setup =>
	(site) => {
		site.know('', { A: [address] });
		return Promise.resolve();
	};
const unknown: Setup = (site) => {
	site.know('', { rcode: 'NXDOMAIN' });
	return Promise.resolve();
};

/** A registry that is down, for everybody: from one node it looks as if the node were cut off. */
const gone = (id: string, host: string, what: string): Incident =>
	recordedFault('registry', ['registry'], 'tcp-output-drop', what, { id, host, setup: at(nowhere.dropped) });
const mistyped = (id: string, host: string): Incident =>
	recordedFault('image', ['image'], 'dns-two-ns-nx', 'the name of the registry is mistyped', {
		id,
		host,
		setup: unknown,
	});

const login = { user: 'other-team', password: 'secret' };

/** What a node could take for another cause. */
export const lures: readonly WorldPlan[] = [
	{
		name: 'one-network',
		runtime: 'containerd 2.4.2',
		healthy: false,
		incidents: [
			gone('one-network-1', 'registry.acme.example', 'the CDN that it shares with another registry is down'),
			gone('one-network-2', 'images.beta.example', 'the CDN that it shares with another registry is down'),
			gone('one-network-3', 'hub.epsilon.example', 'the CDN that it shares with another registry is down'),
		],
	},
	{
		name: 'one-owner',
		runtime: 'containerd 2.4.2',
		healthy: false,
		incidents: [
			gone('one-owner-1', 'registry.gamma.example', 'all registries of their owner are down'),
			gone('one-owner-2', 'images.gamma.example', 'all registries of their owner are down'),
		],
	},
	{
		name: 'the-only-one',
		runtime: 'containerd 2.4.2',
		healthy: false,
		incidents: [gone('the-only-one', 'registry.delta.example', 'it is down, and this node knows no other')],
	},
	{
		name: 'mistyped',
		runtime: 'containerd 2.4.2',
		healthy: false,
		incidents: [mistyped('mistyped-1', 'regsitry.acme.example'), mistyped('mistyped-2', 'image.beta.example')],
	},
	{
		name: 'hidden',
		runtime: 'containerd 2.4.2',
		incidents: [
			recordedFault(
				'credentials',
				['credentials', 'image'],
				'http-404-name',
				'a pull secret of another team, at a registry that hides what it does not show',
				{
					id: 'hidden',
					secret: login,
					setup: async (site) => {
						const service = await site.tokenService();
						await site.registry({
							auth: site.bearer(service),
							respond: ({ path, headers }) =>
								path.includes('/manifests/') && headers.authorization !== undefined
									? registryError(404, 'NAME_UNKNOWN')
									: undefined,
						});
					},
				},
			),
			mistyped('mistyped-3', 'registri.acme.example'),
		],
	},
];
