import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import type { Observation } from '../../src/probe/observation.ts';
import { type Authority, createAuthority, ended, selfSigned } from '../fakes/authority.ts';
import { harmfulIn } from '../hostile/dirt.ts';
import { shown } from './shown.ts';
import { names, recordOf, verdict } from './world.ts';

const mine = { names: [names.registry] };
const inDays = (days: number) => new Date((Math.floor(Date.now() / 1000) + days * 86_400) * 1000);
const seconds = (date: Date) => date.getTime() / 1000;

let root: Authority;
beforeAll(async () => {
	root = await createAuthority({ organization: 'Loopback Trust', notAfter: inDays(400) });
});

const factsOf = (observation: Observation) => recordOf(observation, 'registry', 'tls').facts;

describe('a chain that is trusted', () => {
	test('expires with its first certificate, here the intermediate', async () => {
		const notAfter = inDays(10);
		const issued = await (await root.intermediate({ notAfter })).issue({ ...mine, notAfter: inDays(90) });
		const observation = await shown({ issued, trusted: root.pem });
		expect(factsOf(observation)).toMatchObject({ verified: true, notAfter: seconds(notAfter) });
	});

	test('an expired certificate that is sent beside it does not count', async () => {
		const notAfter = inDays(90);
		const { key, chain } = await root.issue({ ...mine, notAfter });
		const stray = await (await createAuthority()).issue({ names: ['stray.test'], ...ended() });
		const observation = await shown({ issued: { key, cert: chain, chain: chain + stray.cert }, trusted: root.pem });
		expect(verdict(observation)).toBe('none');
		expect(factsOf(observation)).toMatchObject({ notAfter: seconds(notAfter) });
	});

	test('the order in which intermediates are sent does not matter', async () => {
		const upper = await root.intermediate();
		const lower = await upper.intermediate();
		const { key, cert } = await lower.issue(mine);
		const issued = { key, cert, chain: cert + upper.pem + lower.pem };
		expect(verdict(await shown({ issued, trusted: root.pem }))).toBe('none');
	});

	test('tells who issued it, for whom and how it was agreed', async () => {
		const observation = await shown({ issued: await root.issue(mine), trusted: root.pem });
		expect(factsOf(observation)).toMatchObject({
			version: 'TLS 1.3',
			cipher: expect.stringMatching(/^TLS_/),
			issuer: 'Loopback Trust',
			subject: 'CN=registry.test',
			names: ['registry.test'],
			verified: true,
		});
	});

	test('may be a hundred certificates long', async () => {
		let authority = root;
		for (let depth = 0; depth < 98; depth++) authority = await authority.intermediate();
		const observation = await shown({ issued: await authority.issue(mine), trusted: root.pem });
		expect(verdict(observation)).toBe('none');
		expect(observation.seconds).toBeLessThan(3);
	});

	test('may be for five thousand names', async () => {
		const many = Array.from({ length: 4999 }, (_, at) => `n${at}.test`);
		const issued = await root.issue({ names: [...many, names.registry], commonName: 'many' });
		const observation = await shown({ issued, trusted: root.pem });
		expect(verdict(observation)).toBe('none');
		expect((factsOf(observation)?.['names'] as string[] | undefined)?.length).toBe(20);
	});
});

describe('a chain that is refused', () => {
	test('is described all the same, with the end of the leaf', async () => {
		const notAfter = inDays(5);
		const issued = await (await createAuthority({ organization: 'Interception Inc' })).issue({ ...mine, notAfter });
		const observation = await shown({ issued, trusted: root.pem });
		expect(verdict(observation)).toBe('registry tls tls_untrusted');
		expect(factsOf(observation)).toMatchObject({
			version: 'TLS 1.3',
			issuer: 'Interception Inc',
			names: ['registry.test'],
			notAfter: seconds(notAfter),
			verified: false,
		});
	});

	test('the detail names the certificate and its fault', async () => {
		const issued = await (await root.intermediate({ expired: true, commonName: 'Old Intermediate' })).issue(mine);
		const record = recordOf(await shown({ issued, trusted: root.pem }), 'registry', 'tls');
		expect(record).toMatchObject({
			detail: expect.stringMatching(/^the certificate of Old Intermediate expired on 20/),
		});
	});

	test('is taken where the node does not verify', async () => {
		const observation = await shown({ issued: await selfSigned(['other.test']), trusted: '' }, { insecure: true });
		expect(verdict(observation)).toBe('none');
		expect(factsOf(observation)).toMatchObject({ verified: false, names: ['other.test'] });
	});
});

test('what a certificate says of itself is safe to print', async () => {
	const dirty = 'a\u001b[31mb\u202ec\nd\u2028';
	const authority = await createAuthority({ organization: `Org ${dirty}`, commonName: `Root ${dirty}` });
	const issued = await authority.issue({ names: [`x\u001b[31m.test`], commonName: dirty, organization: dirty });
	for (const change of [{ insecure: true }, {}]) {
		const observation = await shown({ issued, trusted: root.pem }, change);
		expect(recordOf(observation, 'registry', 'tls').facts).toHaveProperty('issuer');
		expect(harmfulIn(observation)).toEqual([]);
	}
});

describe('a CA file of the target', () => {
	test.each<[string, () => string | undefined, string]>([
		['is trusted beside the bundle', () => root.pem, 'none'],
		['that is missing makes the path unusable', () => undefined, 'registry tls node_config_unusable'],
		['without a certificate makes the path unusable', () => 'nothing', 'registry tls node_config_unusable'],
	])('%s', async (_name, text, expected) => {
		const directory = await mkdtemp(join(tmpdir(), 'ca-'));
		const ca = join(directory, 'ca.pem');
		const content = text();
		if (content !== undefined) await writeFile(ca, content);
		const observation = await shown(
			{ issued: await root.issue(mine), trusted: '' },
			{ cas: [{ file: ca, of: 'agent' }] },
		);
		await rm(directory, { recursive: true });
		expect(verdict(observation)).toBe(expected);
	});
});
