import { expect, test } from 'vitest';
import type { Endpoint } from '../../src/registry/endpoint.ts';
import { startHttp } from '../fakes/http.ts';
import { closes, startMisbehaving } from '../fakes/misbehaving.ts';
import { selfSigned } from '../fakes/authority.ts';
import { makePlain } from './plain.ts';
import { attempt, names, recordOf, verdict } from './world.ts';

/** An attempt on a registry that CRI-O takes for insecure, whose TLS and whose plain HTTP are at these ports. */
async function opened(tls: number, plain: number) {
	await using registry = await makePlain();
	const at = (scheme: Endpoint['scheme'], port: number): Endpoint => ({ scheme, hostname: names.registry, port });
	const target = registry.target({ endpoint: at('https', tls), client: 'cri-o', insecure: true });
	return await attempt(await registry.node(), {
		...target,
		plainHttp: at('http', plain === 0 ? registry.registry.port : plain),
	});
}

/** A port at which nobody listens. */
async function freePort(): Promise<number> {
	await using server = await startMisbehaving(closes);
	return server.port;
}

test('goes on in plain HTTP where nobody listens for TLS', async () => {
	const observation = await opened(await freePort(), 0);
	expect(verdict(observation)).toBe('none');
	expect(observation.success).toBe(true);
});

test('goes on in plain HTTP where the handshake fails, and where the answer is not one of a registry', async () => {
	await using closing = await startMisbehaving(closes);
	expect(verdict(await opened(closing.port, 0))).toBe('none');
	const { key, chain } = await selfSigned([names.registry]);
	await using other = await startHttp({ tls: { key, cert: chain } }, () => ({ status: 503 }));
	const observation = await opened(other.port, 0);
	expect(verdict(observation)).toBe('none');
	// The request over TLS was sent too.
	expect(
		observation.requests.filter(({ role, method }) => role === 'registry' && method === 'GET').length,
	).toBeGreaterThan(2);
});

test('is blamed for TLS where there is no plain HTTP either', async () => {
	await using closing = await startMisbehaving(closes);
	const observation = await opened(closing.port, await freePort());
	expect(verdict(observation)).toBe('registry tls tls_closed');
	expect(recordOf(observation, 'registry', 'tcp').outcome).toBe('success');
});
