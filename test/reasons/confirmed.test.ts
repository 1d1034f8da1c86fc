import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../src/reasons/explain.ts';
import { pathStages } from '../../src/reasons/explanation.ts';
import type { Values } from '../../src/reasons/placeholder.ts';
import { messageReasons, probeReasons } from '../../src/reasons/reason.ts';
import { runLine } from '../docs/commands/runLine.ts';
import { createAuthority } from '../fakes/authority.ts';
import { startDns } from '../fakes/dns.ts';
import { makeImage } from '../fakes/image.ts';
import { startProxy } from '../fakes/proxy.ts';
import { startRegistry } from '../fakes/registry.ts';
import { Directory } from '../real/directory.ts';

/**
 * Commands that find something only on a node, in a cluster, or where the fault is, by their first words. A test of the
 * table has a shell read them all the same.
 */
const elsewhere = [
	'crictl ',
	'kubectl ',
	'df ',
	'ls ',
	'grep -rnE',
	'ss -tnpi',
	// Asks for a password.
	'curl -sSI -m 10 -u USER',
	// Confirms that a server speaks without TLS.
	'curl -sSI -m 10 http://',
];

/** Everything well: what a person sees whose path is mended. */
interface World extends AsyncDisposable {
	readonly values: Values;
	readonly environment: Readonly<Record<string, string>>;
	readonly directory: string;
}

async function makeWorld(): Promise<World> {
	await using stack = new AsyncDisposableStack();
	const authority = await createAuthority();
	const { key, chain } = await authority.issue({ names: ['127.0.0.1', 'localhost'] });
	const image = makeImage();
	const registry = stack.use(await startRegistry({ tls: { key, cert: chain }, images: { 'team/app': { 1: image } } }));
	const dns = stack.use(await startDns({ answers: { localhost: { A: ['127.0.0.1'] } } }));
	const proxy = stack.use(await startProxy({ hosts: { localhost: '127.0.0.1' } }));
	const directory = stack.use(new Directory());
	const host = `localhost:${registry.port}`;
	const owned = stack.move();
	return {
		values: {
			registry: host,
			host,
			image: `${host}/team/app:1`,
			repository: 'team/app',
			reference: '1',
			digest: image.layers[0]?.digest ?? '',
			address: '127.0.0.1',
			nameserver: dns.nameserver,
			proxy: proxy.url(),
		},
		environment: {
			PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`,
			CURL_CA_BUNDLE: directory.write('ca.pem', authority.pem),
			TOKEN: 'any',
		},
		directory: directory.path,
		[Symbol.asyncDispose]: () => owned.disposeAsync(),
	};
}

const roles = ['registry', 'token', 'redirect', 'blob'];

/** Every command by which a reason is confirmed, once. */
function commands(values: Values): readonly string[] {
	const all = [...probeReasons, ...messageReasons].flatMap((reason) =>
		pathStages.flatMap((stage) => roles.map((role) => explain(reason, { ...values, role, stage }).confirm)),
	);
	return [...new Set(all)].filter((command) => !elsewhere.some((begin) => command.startsWith(begin)));
}

describe('the command that confirms a fault', () => {
	let world: World;
	beforeAll(async () => {
		world = await makeWorld();
	});
	afterAll(() => world[Symbol.asyncDispose]());

	test('finds nothing wrong where nothing is', async () => {
		const wrong: string[] = [];
		const missing = new Set<string>();
		for (const command of commands(world.values)) {
			const { code, output } = await runLine(command, world);
			const [, program] = /(\w+): command not found/.exec(output) ?? [];
			if (program !== undefined) missing.add(program);
			else if (code !== 0) wrong.push(`${command}: ${code} ${output.slice(0, 300)}`);
		}
		expect(wrong).toEqual([]);
		// In CI nothing is skipped: npm run test:tools brings the programs.
		expect(process.env['CI'] === 'true' ? [...missing] : []).toEqual([]);
	});
});
