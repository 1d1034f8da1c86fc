import { html, type Reply } from '../fakes/reply.ts';
import { nowhere } from './network.ts';
import type { Setup, Site, Wish } from './site.ts';

/** A proxy that answers every CONNECT so. */
const answering = (reply: Reply): Setup => {
	return async (site) => {
		await site.registry();
		return await site.proxy({ respond: () => reply });
	};
};

/** A proxy that is not there. */
const absent = (scheme: string, find: (site: Site) => void): Setup => {
	return async (site) => {
		await site.registry();
		find(site);
		return { environment: { HTTPS_PROXY: `${scheme}://${site.nameOf('proxy')}:3128` } };
	};
};

const healthy: Setup = async (site) => {
	await site.registry();
	return await site.proxy();
};

/** What is excepted from the proxy wherever an exception is what is tried. */
const excepted = '10.77.0.30/31,*.star.lab.test,np-port443.lab.test:443,np-port-match.lab.test:5000';

/** A registry where this says, and a proxy that excepts some hosts. */
const excepting = (build: (site: Site) => Promise<Wish | void>): Setup => {
	return async (site) => {
		const wish = await build(site);
		const { environment } = await site.proxy();
		return { ...wish, environment: { ...environment, NO_PROXY: excepted } };
	};
};

const ordinary = async (site: Site) => void (await site.registry());
const refuses = (site: Site) => site.know('proxy', { A: [site.addressOf('proxy')] });
const squid = { 'x-squid-error': 'ERR_ACCESS_DENIED 0' };
const wanting = { 'proxy-authenticate': 'Basic realm="squid"' };

/** Proxies, and what goes past them. */
export const proxySetups: Readonly<Record<string, Setup>> = {
	'np-cidr-ip': excepting(async (site) => {
		await site.registry({}, { address: '10.77.0.30' });
		return { image: '10.77.0.30/team/app:1' };
	}),
	// Only the proxy knows where a name leads: that it is inside an excepted network does not count.
	'np-cidr-name': excepting(ordinary),
	'np-other': excepting(ordinary),
	'np-port-match': excepting(async (site) => {
		await site.registry({}, { port: 5000 });
		return { image: `${site.nameOf()}:5000/team/app:1` };
	}),
	'np-port443': excepting(ordinary),
	'np-star': excepting(async (site) => {
		await site.registry();
		const name = 'np-star.star.lab.test';
		site.ground.names.set(name, () => ({ A: [site.addressOf()] }));
		return { image: `${name}/team/app:1` };
	}),
	'proxy-200html': answering(html(200, 'Welcome')),
	'proxy-403': answering(html(403, 'Forbidden')),
	'proxy-407': answering(html(407, 'Proxy Authentication Required', wanting)),
	'proxy-dropped': absent('http', (site) => site.know('proxy', { A: [nowhere.dropped] })),
	'proxy-httpsproxy': async (site) => {
		await site.registry();
		return await site.proxy({}, site.ground.tls);
	},
	'proxy-httpsproxy-untrusted': async (site) => {
		await site.registry();
		return await site.proxy({}, await site.certificate({ names: [site.nameOf('proxy')] }, site.ground.foreign));
	},
	'proxy-nxdomain': absent('http', (site) => site.know('proxy', { rcode: 'NXDOMAIN' })),
	'proxy-ok': healthy,
	'proxy-ok-404': async (site) => {
		await site.registry({ images: { 'team/app': {} } });
		return await site.proxy();
	},
	'proxy-refused': absent('http', refuses),
	'proxy-socks': absent('socks5', refuses),
	'proxy-squid': answering(html(403, 'ERROR: The requested URL could not be retrieved', squid)),
	'proxy-squid407': answering(html(407, 'ERROR: Cache Access Denied', { ...wanting, ...squid })),
	'proxy-userinfo': async (site) => {
		await site.registry();
		return await site.proxy({ login: { user: 'user', password: 'p:w/d' } });
	},
};
