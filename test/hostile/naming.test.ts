import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createAuthority } from '../fakes/authority.ts';
import { startDns } from '../fakes/dns.ts';
import type { Override } from '../fakes/http.ts';
import { makeImage } from '../fakes/image.ts';
import { startRegistry } from '../fakes/registry.ts';
import { entryOf, startCrowd } from './crowd.ts';

const host = 'registry.test';
const label = 'x'.repeat(60);

test('a registry that names other hosts each time adds no series, and no label without bound', async () => {
	await using dns = await startDns({ answers: () => ({ A: ['127.0.0.1'] }) });
	const issuers = await Promise.all(
		Array.from({ length: 12 }, async (_, at) => {
			const authority = await createAuthority({ organization: `Issuer ${at} ${'of many words '.repeat(40)}` });
			const { key, chain } = await authority.issue({ names: [host] });
			return { key, cert: chain };
		}),
	);
	const [first = { key: '', cert: '' }] = issuers;
	let turn = 0;
	const port = () => secured.port;
	const name = () => `${`${label}.`.repeat(3)}n${turn}.test:${port()}`;
	const respond: Override = ({ method, headers, path }) => {
		if (method === 'HEAD' && headers.authorization === undefined) {
			turn += 1;
			secured.changeTls(issuers[turn % issuers.length] ?? first);
		}
		const extra = { 'docker-ratelimit-source': `source-${turn}`, 'ratelimit-limit': `${turn};w=60` };
		const location = `https://${name()}${path}`;
		if (turn % 3 === 0) return { status: 401, headers: { ...extra, 'www-authenticate': `Bearer realm="${location}"` } };
		if (turn % 3 === 1) return { status: 307, headers: { ...extra, location } };
		return path.includes('/blobs/') ? { status: 307, headers: { location } } : undefined;
	};
	await using secured = await startRegistry({
		tls: first,
		images: { 'team/app': { latest: makeImage() } },
		respond,
	});
	const entries = [entryOf(host, `https://${host}:${secured.port}`, 'insecure: true')];
	await using crowd = await startCrowd({ entries, node: { nameservers: [dns.nameserver] } });
	const counts: number[] = [];
	while (counts.length < 7) {
		await sleep(1000);
		const { body } = await crowd.agent.get('/metrics');
		const lines = body.split('\n').filter((line) => line.includes(`registry="${host}"`));
		counts.push(lines.length);
		expect(Math.max(...[...body.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value.length))).toBeLessThanOrEqual(
			200,
		);
	}
	expect(turn).toBeGreaterThan(6);
	expect(Math.max(...counts.slice(4))).toBeLessThanOrEqual(Math.max(...counts.slice(0, 4)) + 4);
	expect(Math.max(...counts)).toBeLessThan(120);
});
