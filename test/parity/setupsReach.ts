import type { DnsAnswer } from '../fakes/dns.ts';
import { startDns } from '../fakes/dns.ts';
import { listening6, nowhere } from './network.ts';
import type { Setup, Site } from './site.ts';

/** The nameserver says this of the registry, and nothing listens anywhere. */
const named = (answer: DnsAnswer, nameservers?: (site: Site) => readonly string[]): Setup => {
	return async (site) => {
		site.know('', answer);
		return nameservers ? { nameservers: nameservers(site) } : {};
	};
};

/** The registry has these addresses; `good` is one at which it listens, `refused` one at which nothing does. */
const at = (...addresses: readonly string[]): Setup => {
	return async (site) => {
		const own = {
			good: site.addressOf(),
			refused: site.addressOf('nobody'),
			refused6: '2001:db8:1::9',
			refusedLocal6: 'fd00:1::9',
		};
		const all = addresses.map((address) => (address in own ? own[address as keyof typeof own] : address));
		await site.registry();
		const of = (six: boolean) => all.filter((address) => address.includes(':') === six);
		site.know('', { A: of(false), AAAA: of(true) });
	};
};

/** A nameserver that nobody hears, before the good one. */
const silentFirst = ({ ground }: Site) => ['10.66.0.53', ground.nameserver];

/** Names and addresses. */
export const reachSetups: Readonly<Record<string, Setup>> = {
	'dns-a-servfail-aaaa-ok': async (site) => {
		await site.registry({}, { address: listening6 });
		site.know('', ({ type }) => (type === 'A' ? { rcode: 'SERVFAIL' } : { AAAA: [listening6] }));
	},
	'dns-nodata': named({}),
	'dns-refused': named({ rcode: 'REFUSED' }),
	'dns-servfail': named({ rcode: 'SERVFAIL' }),
	'dns-tc': async (site) => {
		const address = site.addressOf('dns');
		site.use(await startDns({ address, port: 53, tcp: false, answers: () => ({ truncate: true }) }));
		return { nameservers: [address] };
	},
	'dns-timeout': named({ silent: true }),
	'dns-two-ns': async (site) => {
		await site.registry();
		return { nameservers: silentFirst(site) };
	},
	'dns-two-ns-nx': named({ rcode: 'NXDOMAIN' }, (site) => [site.addressOf('dns'), site.ground.nameserver]),
	'dns-two-ns-servfail': named({ rcode: 'SERVFAIL' }, silentFirst),
	'dns-unreachable': named({}, (site) => [site.addressOf('dns')]),
	'tcp-admin-prohibited': at(nowhere.rejected),
	'tcp-blackhole': at(nowhere.blackhole),
	'tcp-g6-dropped': at(nowhere.dropped6, 'good'),
	'tcp-g6-dropped-v4-refused': at(nowhere.dropped6, 'refused'),
	'tcp-g6-hostunreach': at(nowhere.noHost6, 'good'),
	'tcp-g6-noroute': at(nowhere.noRoute6, 'good'),
	'tcp-g6-noroute-v4-refused': at(nowhere.noRoute6, 'refused'),
	'tcp-g6-refused': at('refused6', 'good'),
	'tcp-g6-refused-v4-dropped': at('refused6', nowhere.dropped),
	'tcp-hostunreach': at(nowhere.noHost),
	'tcp-netunreach': at(nowhere.noRoute),
	'tcp-output-drop': at(nowhere.forbidden),
	'tcp-prohibit': at(nowhere.prohibited),
	'tcp-route-unreachable': at(nowhere.unreachable),
	'tcp-two-a-dropped': at(nowhere.dropped, 'good'),
	'tcp-two-a-refused': at('refused', 'good'),
	'tcp-v6-dropped-v4-refused': at(nowhere.droppedLocal6, 'refused'),
	'tcp-v6-hostunreach': at(nowhere.noHostLocal6, 'good'),
	'tcp-v6-refused': at('refusedLocal6', 'good'),
	'tcp-v6-refused-v4-dropped': at('refusedLocal6', nowhere.dropped),
};
