import { createAuthority, type Authority, type Issued, type LeafOptions } from '../fakes/authority.ts';
import { dirt } from './dirt.ts';

/** Certificates that are meant to harm or to exhaust whoever reads them. Each with what an attempt is to say. */
export interface HostileCertificate extends Issued {
	readonly expected: RegExp;
}

/** A chain of so many certificates, the leaf included. */
async function chainOf(root: Authority, length: number, leaf: LeafOptions): Promise<Issued> {
	let authority = root;
	for (let at = 1; at < length; at += 1) authority = await authority.intermediate();
	return await authority.issue(leaf);
}

const many = (count: number, name: (at: number) => string) => Array.from({ length: count }, (_, at) => name(at));

/** All of them, for servers that are called `host`, below an authority that nodes are to trust. */
export async function hostileCertificates(host: string): Promise<{
	readonly bundle: string;
	readonly certificates: Readonly<Record<string, HostileCertificate>>;
}> {
	const root = await createAuthority();
	const names = [host];
	const short = many(5000, (at) => `n${at}.t`);
	const long = many(5000, (at) => `a-rather-long-name-${at}.example.test`);
	const made: Record<string, readonly [Promise<Issued>, RegExp]> = {
		'a chain of 100 certificates': [chainOf(root, 100, { names }), /^none$/],
		'a chain of 130 certificates': [chainOf(root, 130, { names }), /^registry tls tls_(untrusted|handshake_failed)$/],
		'5,000 names': [root.issue({ names: [...short, host] }), /^none$/],
		'5,000 names, none of them ours': [root.issue({ names: short }), /^registry tls tls_name_mismatch$/],
		'5,000 long names': [root.issue({ names: [host, ...long] }), /^registry tls tls_handshake_failed$/],
	};
	for (const [kind, bytes] of Object.entries(dirt)) {
		const text = bytes.toString().slice(0, 5000);
		const foreign = await createAuthority({ commonName: text, organization: text });
		const untrusted = /^registry tls tls_untrusted$/;
		made[`${kind} in issuer and subject`] = [foreign.issue({ names, commonName: text, organization: text }), untrusted];
		made[`${kind} in a name`] = [namedSo(root, text), /^registry tls tls_/];
	}
	const all = Object.entries(made).map(
		async ([title, [issued, expected]]) => [title, { ...(await issued), expected }] as const,
	);
	return { bundle: root.pem, certificates: Object.fromEntries(await Promise.all(all)) };
}

/** A certificate of this one name, which holds ASCII only: the standard knows no other names. */
function namedSo(root: Authority, text: string): Promise<Issued> {
	return root.issue({ names: [`${text.replaceAll(/[^\0-\u007f]/g, '')}.test`], commonName: text });
}
