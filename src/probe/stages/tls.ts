import type { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

import type { Target } from '../../plan/target.ts';
import type { Vantage } from '../../plan/vantage.ts';
import { greetingOf } from '../handshake/context.ts';
import { type Anchors, anchorsFor } from '../handshake/anchors.ts';
import { judgeChain, oneLine, organisationOf } from '../handshake/chain.ts';
import { alternativeNames } from '../handshake/names.ts';
import { Known } from '../handshake/known.ts';
import { readCas, readIdentities } from '../handshake/files.ts';
import { secure, type Securing } from '../handshake/secure.ts';
import type { Shaken } from '../handshake/shake.ts';
import type { Facts } from '../observation.ts';
import { ProbeFailure, type Measure, type Stage } from '../stage.ts';

export interface TlsFacts extends Facts {
	/** `TLS 1.3`. */
	readonly version?: string;
	readonly cipher?: string;
	readonly group?: string;
	/** Organisation, else common name, of the leaf's issuer. */
	readonly issuer?: string;
	readonly subject?: string;
	readonly names?: readonly string[];
	/** Seconds since the epoch. */
	readonly notBefore?: number;
	/** Seconds since the epoch: the earliest of the verified chain, the leaf's when verification failed or was off. */
	readonly notAfter?: number;
	readonly verified: boolean;
}

type Input = Omit<Securing, 'client' | 'identities'> & {
	readonly target: Target;
	readonly vantage: Vantage;
	readonly plainHttpFallback: boolean;
};

const notAfter: Measure['samples'] = ({ facts }) => {
	const value = (facts as Partial<TlsFacts> | undefined)?.notAfter;
	return value === undefined ? [] : [{ labels: {}, value }];
};

const info: Measure['samples'] = ({ facts }) => {
	const { version, issuer } = (facts as Partial<TlsFacts> | undefined) ?? {};
	return version === undefined ? [] : [{ labels: { version, issuer: issuer ?? '' }, value: 1 }];
};

/** A connection becomes a TLS connection that a Go client on this node would accept. */
export const tls: Stage<Input, Duplex, TlsFacts> = {
	name: 'tls',
	measures: [
		{
			metric: 'tls_certificate_not_after_timestamp_seconds',
			help: 'When the earliest certificate of the verified chain expires; of the leaf when verification failed.',
			labels: ['host', 'role'],
			samples: notAfter,
		},
		{
			metric: 'tls_info',
			help: 'TLS version and the organisation that issued the certificate.',
			labels: ['host', 'role', 'version', 'issuer'],
			samples: info,
		},
	],
	async run(input) {
		const { target, vantage } = input;
		const anchors = target.insecure ? undefined : anchorsFor(vantage.bundle, readCas(target, vantage));
		const identities = readIdentities(target, vantage);
		const shaken = await secured({ ...input, client: greetingOf(target), identities });
		if (!shaken) return { value: await input.again(), facts: { verified: false }, omitted: true };
		const { socket, seconds } = shaken;
		return { value: socket, facts: judged(socket, input.hostname, anchors), seconds };
	},
};

/** The handshake; undefined where the server speaks plain HTTP and may. */
async function secured(input: Input & Securing): Promise<Shaken | undefined> {
	try {
		return await secure(input);
	} catch (error) {
		const plain = error instanceof ProbeFailure && error.reason === 'tls_plaintext_server';
		if (plain && input.plainHttpFallback) return undefined;
		throw error;
	}
}

/** The facts of a connection whose certificate is trusted, or need not be. Throws `ProbeFailure` and closes it otherwise. */
function judged(socket: TLSSocket, hostname: string, anchors: Anchors | undefined): TlsFacts {
	const leaf = socket.getPeerX509Certificate();
	const facts = factsOf(socket, leaf);
	if (!anchors) return facts;
	const verdict = leaf && judgeChain({ leaf, anchors, hostname, now: new Date() });
	if (verdict?.trusted) return { ...facts, verified: true, notAfter: verdict.notAfter };
	socket.destroy();
	const { reason, detail } = verdict ?? { reason: 'tls_untrusted', detail: 'the server sent no certificate' };
	throw new ProbeFailure(reason, detail, facts);
}

function factsOf(socket: TLSSocket, leaf: ReturnType<TLSSocket['getPeerX509Certificate']>): TlsFacts {
	const group = socket.getEphemeralKeyInfo();
	return {
		version: (socket.getProtocol() ?? '').replace('TLSv', 'TLS '),
		cipher: socket.getCipher().standardName,
		...(group && 'name' in group && typeof group.name === 'string' && { group: group.name }),
		...(leaf && leaves.get(leaf.fingerprint256, () => factsOfLeaf(leaf))),
		verified: false,
	};
}

type LeafFacts = Pick<TlsFacts, 'issuer' | 'subject' | 'names' | 'notBefore' | 'notAfter'>;

const leaves = new Known<LeafFacts>();

function factsOfLeaf(leaf: X509Certificate): LeafFacts {
	return {
		issuer: organisationOf(leaf.issuer),
		subject: oneLine(leaf.subject),
		names: alternativeNames(leaf),
		notBefore: leaf.validFromDate.getTime() / 1000,
		notAfter: leaf.validToDate.getTime() / 1000,
	};
}
