import { expect, test } from 'vitest';

import type { Proxy } from '../../src/plan/target.ts';
import type { Observation } from '../../src/probe/observation.ts';
import { walks } from '../probe/walks.ts';
import { trail, verdict } from '../probe/world.ts';
import { ending } from './expectations.ts';
import { dropSyn, from, refuse, to, toHost } from './firewall.ts';
import type { Change } from './serve.ts';
import { suite } from './suite.ts';

suite('a node that goes out through a proxy only', (lab) => {
	/** Where the proxy is, by its address. */
	const proxy = (): Proxy => {
		return { scheme: 'http', hostname: lab().proxy.v4[0], port: 3128, login: false, source: 'test' };
	};

	/** One attempt through the proxy, past which nothing leaves the node. */
	async function attempt(...more: readonly string[]): Promise<Observation> {
		const { node, proxy: host, way } = lab();
		const others = [`${from(node.network.v4)} ip daddr != ${host.network.v4} drop`, `${from(node.network.v6)} drop`];
		await way.set([...more, ...others]);
		return await node.attempt({ proxy: proxy() });
	}

	test('the proxy leads out', async () => {
		const observation = await attempt();
		expect(trail(observation)).toEqual(walks.proxied);
		expect(verdict(observation)).toBe('none');
	});

	test('past the proxy nothing leads out', async () => {
		await attempt();
		expect(verdict(await lab().node.attempt())).toBe('registry dns dns_timeout');
	});

	test.each<readonly [string, string]>([
		[dropSyn, 'TCP: tcp_timeout'],
		[refuse, 'TCP: tcp_refused'],
	])('the proxy is dead: %s', async (rule, detail) => {
		const observation = await attempt(...toHost(lab().proxy, rule));
		const name = `http://${lab().proxy.v4[0]}:3128`;
		expect(ending(observation)).toMatchObject({ verdict: 'registry proxy proxy_unreachable', facts: { proxy: name } });
		expect(observation.records[0]).toMatchObject({ detail: expect.stringContaining(detail) as unknown });
	});

	test.each<readonly [string, Change, string]>([
		['407', { login: { user: 'node', password: 'secret' } }, 'proxy_auth_required'],
		['403', { respond: { status: 403 } }, 'proxy_denied'],
		['503', { respond: { status: 503 } }, 'proxy_error'],
		['nothing', { respond: 'silence' }, 'proxy_timeout'],
		['FIN', { respond: 'close' }, 'proxy_error'],
		['RST', { respond: 'reset' }, 'connection_reset'],
	])('the proxy answers %s', async (_, change, reason) => {
		await lab().proxy.change(change);
		expect(verdict(await attempt())).toBe(`registry proxy ${reason}`);
	});

	test.each(['registry', 'token', 'blob'] as const)('the proxy cannot reach the %s host', async (name) => {
		const host = lab()[name];
		const observation = await attempt(`${from(lab().proxy.network.v4)} ${to(host.network.v4)} ${refuse}`);
		expect(ending(observation)).toMatchObject({ verdict: `${name} proxy proxy_error`, facts: { status: 503 } });
	});
});
