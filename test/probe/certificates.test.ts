import { beforeAll, describe, expect, test } from 'vitest';

import { type Authority, createAuthority, ended, type Issued, selfSigned } from '../fakes/authority.ts';
import { shown, verdictAtTls } from './shown.ts';
import { names, verdict } from './world.ts';

const mine = { names: [names.registry] };
const tomorrow = new Date(Date.now() + 86_400_000);
const organization = 'Loopback Trust';

let root: Authority;
beforeAll(async () => {
	root = await createAuthority({ organization });
});

type Row = readonly [name: string, make: () => Promise<Issued>, expected: string, hostname?: string];

const titled = (rows: readonly Row[]) => rows.map((row) => [row[0], row] as const);

async function judged([, make, , hostname]: Row): Promise<string> {
	return verdict(await shown({ issued: await make(), trusted: root.pem, hostname }));
}

const named = (name: string) => async () => root.issue({ names: [name] });

const timeAndName: readonly Row[] = [
	['a good one', () => root.issue(mine), 'none'],
	['an expired one', () => root.issue({ ...mine, ...ended() }), 'tls_expired'],
	['one of tomorrow', () => root.issue({ ...mine, notBefore: tomorrow }), 'tls_not_yet_valid'],
	['of another host', named('other.test'), 'tls_name_mismatch'],
	['with the name as common name only', () => root.issue({ ...mine, san: false }), 'tls_name_mismatch'],
	['in capitals', named('REGISTRY.test'), 'none'],
	['a wildcard for one label', named('*.test'), 'none'],
	['a wildcard for one label of three', named('*.b.test'), 'none', 'a.b.test'],
	['a wildcard for two labels', named('*.test'), 'tls_name_mismatch', 'a.b.test'],
	['a wildcard below the host', named('*.registry.test'), 'tls_name_mismatch'],
	['a wildcard for a part of a label', named('reg*.test'), 'tls_name_mismatch'],
	['a wildcard in the second label', named('registry.*'), 'tls_name_mismatch'],
	['two names in one', named('other.test, DNS:registry.test'), 'tls_name_mismatch'],
	['an address among the names', named('127.0.0.1'), 'none', '127.0.0.1'],
	['an address that is not among the names', named('registry.test'), 'tls_name_mismatch', '127.0.0.1'],
	['expired, of another host, of nobody', () => selfSigned(['other.test'], ended()), 'tls_expired'],
	['of another host, of nobody', () => selfSigned(['other.test']), 'tls_name_mismatch'],
];

describe('time and name', () => {
	test.each(titled(timeAndName))('%s', async (_name, row) => {
		expect(await judged(row)).toBe(verdictAtTls(row[2]));
	});
});

type Wish = Parameters<Authority['intermediate']>[0];

const below = (wish: Wish) => async () => (await root.intermediate(wish)).issue(mine);

/** A leaf two authorities below the root. */
const belowTwo = (upper: Wish, lower: Wish = {}) => {
	return async () => (await (await root.intermediate(upper)).intermediate(lower)).issue(mine);
};

/** A leaf of an authority that the node does not know. */
const ofStranger = (wish: Parameters<typeof createAuthority>[0]) => async () => {
	return (await createAuthority(wish)).issue(mine);
};

const trust: readonly Row[] = [
	['self-signed', () => selfSigned(mine.names), 'tls_untrusted'],
	['of an unknown authority', ofStranger({}), 'tls_untrusted'],
	[
		'of an authority with the name of a known one',
		async () => ofStranger({ commonName: root.name, organization })(),
		'tls_untrusted',
	],
	['below an intermediate', below({}), 'none'],
	['below two', belowTwo({}), 'none'],
	[
		'with the intermediate missing',
		async () => (await root.intermediate()).issue({ ...mine, omitIntermediates: true }),
		'tls_untrusted',
	],
	['signed with SHA-1', () => root.issue({ ...mine, signatureHash: 'SHA-1' }), 'tls_untrusted'],
	['below an intermediate signed with SHA-1', below({ signatureHash: 'SHA-1' }), 'tls_untrusted'],
	['for clients only', () => root.issue({ ...mine, extendedKeyUsage: ['client'] }), 'tls_untrusted'],
	['for no purpose in particular', () => root.issue({ ...mine, extendedKeyUsage: [] }), 'none'],
	['within the name constraints', belowTwo({ permitted: ['test'] }), 'none'],
	['outside the name constraints', belowTwo({ permitted: ['corp.test'] }), 'tls_untrusted'],
	['excluded by name constraints', belowTwo({ excluded: ['registry.test'] }), 'tls_untrusted'],
	['an authority more than the path length allows', belowTwo({ pathLength: 0 }), 'tls_untrusted'],
	['just within the path length', belowTwo({ pathLength: 1 }, { pathLength: 0 }), 'none'],
	['signed by what is no authority', below({ ca: false }), 'tls_untrusted'],
	['below an expired intermediate', below({ expired: true }), 'tls_expired'],
	['below an intermediate of tomorrow', below({ notBefore: tomorrow }), 'tls_not_yet_valid'],
];

describe('trust', () => {
	test.each(titled(trust))('%s', async (_name, row) => {
		expect(await judged(row)).toBe(verdictAtTls(row[2]));
	});

	test('a trusted intermediate is an anchor', async () => {
		const intermediate = await root.intermediate();
		const issued = await intermediate.issue({ ...mine, omitIntermediates: true });
		expect(verdict(await shown({ issued, trusted: intermediate.pem }))).toBe('none');
	});

	test('a self-signed certificate in the bundle is trusted', async () => {
		const issued = await selfSigned([names.registry]);
		expect(verdict(await shown({ issued, trusted: issued.cert }))).toBe('none');
	});

	test('an empty bundle trusts nobody', async () => {
		expect(verdict(await shown({ issued: await root.issue(mine), trusted: '' }))).toBe('registry tls tls_untrusted');
	});

	test('what is no certificate in the bundle is passed over', async () => {
		const trusted = `-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n${root.pem}`;
		expect(verdict(await shown({ issued: await root.issue(mine), trusted }))).toBe('none');
	});
});
