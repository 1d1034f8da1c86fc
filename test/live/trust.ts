import { type Authority, createAuthority, ended, type Issued, selfSigned } from '../fakes/authority.ts';
import type { Tls } from '../fakes/acceptor.ts';
import type { Wish } from './setup.ts';

/** The authorities of a run. */
export interface Trust {
	/** In the bundle of every node. */
	readonly known: Authority;
	/** In no bundle. */
	readonly privateAuthority: Authority;
}

/** Makes both. */
export async function createTrust(): Promise<Trust> {
	const [known, privateAuthority] = await Promise.all([createAuthority(), createAuthority()]);
	return { known, privateAuthority };
}

/** How a server of this name speaks TLS; undefined where it does not. */
export async function tlsOf(name: string, wish: Wish, trust: Trust): Promise<Tls | undefined> {
	if (wish.plain) return undefined;
	const { key, chain } = await issue(name, wish.certificate, trust);
	const demand = { requestCert: true, rejectUnauthorized: true, ca: trust.privateAuthority.pem };
	return { key, cert: chain, ...(wish.asksCertificate && demand) };
}

async function issue(name: string, kind: Wish['certificate'], trust: Trust): Promise<Issued> {
	if (kind === 'self-signed') return await selfSigned([name]);
	if (kind === 'private') return await trust.privateAuthority.issue({ names: [name] });
	if (kind === 'expired') return await trust.known.issue({ names: [name], ...ended() });
	return await trust.known.issue({ names: [kind === 'other name' ? 'other.test' : name] });
}
