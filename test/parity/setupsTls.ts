import { ended, type LeafOptions, selfSigned } from '../fakes/authority.ts';
import type { Tls } from '../fakes/acceptor.ts';
import { closesAfterData, resetsAfterData } from '../fakes/misbehaving.ts';
import type { Setup, Site } from './site.ts';

/** A registry with this certificate, and with these rules of the handshake. */
const served = (options: LeafOptions, rules: Tls = {}, by: 'authority' | 'foreign' = 'authority'): Setup => {
	return async (site) => {
		const tls = await site.certificate(options, site.ground[by]);
		await site.registry({}, { tls: { ...tls, ...rules } });
	};
};

const day = 86_400_000;
/** OpenSSL refuses old versions and suites by its own rules, unless it is told not to. */
const old = (ciphers: string): Tls => ({
	ciphers: `${ciphers}:@SECLEVEL=0`,
	minVersion: 'TLSv1',
	maxVersion: 'TLSv1.2',
});

/** Certificates and handshakes. */
export const tlsSetups: Readonly<Record<string, Setup>> = {
	'tls-10': served({ keyType: 'rsa' }, { ...old('ALL'), maxVersion: 'TLSv1' }),
	'tls-cbc': served({ keyType: 'rsa' }, old('ECDHE-RSA-AES128-SHA')),
	'tls-cipher': served({ keyType: 'rsa' }, { ...old('DHE-RSA-AES128-GCM-SHA256'), dhparam: 'auto' }),
	'tls-cn-only': served({ san: false }),
	'tls-eof': async (site) => await site.misbehave(closesAfterData, { tls: null }),
	'tls-expired': served(ended()),
	'tls-mtls13': async (site) => {
		const ca = site.ground.authority.pem;
		await served({}, { ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' })(site);
	},
	'tls-notyet': served({ notBefore: new Date(Date.now() + day) }),
	'tls-reset': async (site) => await site.misbehave(resetsAfterData, { tls: null }),
	'tls-rsakex': served({ keyType: 'rsa' }, old('AES128-SHA')),
	'tls-selfsigned': async (site: Site) => {
		const { key, chain } = await selfSigned([site.nameOf()]);
		await site.registry({}, { tls: { key, cert: chain } });
	},
	'tls-untrusted': served({}, {}, 'foreign'),
};
