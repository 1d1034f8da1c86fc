import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Namespace, Namespaces } from '../netns/namespace.ts';
import { needing } from './needing.ts';

const program = fileURLToPath(new URL('lureToLoopback.ts', import.meta.url));

interface Lured {
	readonly said: string;
	readonly asked: number;
	readonly shown: readonly string[];
}

needing(['ip', 'nsenter'], "a registry that names a service on the node's loopback for its token service", () => {
	const stack = new AsyncDisposableStack();
	let namespace: Namespace;

	beforeAll(async () => {
		namespace = await stack.use(new Namespaces()).make('lure');
		await namespace.ip('address add 192.0.2.1/32 dev lo');
	});

	afterAll(() => stack.disposeAsync());

	const lured = async (mode: string) => JSON.parse(await namespace.run(process.execPath, [program, mode])) as Lured;

	test('is not told what that gives away, though its own name leads to loopback too', async () => {
		const { said, asked, shown } = await lured('both');
		expect(said).toBe('registry challenge auth_challenge_unsupported');
		expect(asked).toBe(0);
		expect(shown).toEqual(['']);
	});

	test('may do so where it is on loopback itself: the test above can fail', async () => {
		const { asked, shown } = await lured('local');
		expect(asked).toBe(1);
		expect(shown).toContain('Bearer canary-of-the-node-7f3a9c');
	});
});
