import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { onTestFinished, expect, test } from 'vitest';
import { silent, startMisbehaving } from '../fakes/misbehaving.ts';
import { makeWorld, names, type Wishes, type World } from '../probe/world.ts';
import { check, startCheck } from './check.ts';

async function aWorld(wishes?: Wishes): Promise<World> {
	const world = await makeWorld(wishes);
	onTestFinished(() => world[Symbol.asyncDispose]());
	return world;
}

/** The image of a world as a person types it. */
const imageIn = ({ registry }: World) => `${names.registry}:${registry.port}/team/app:1`;

test('a pull that would succeed is one green line and exit code 0', async () => {
	const world = await aWorld();
	const { code, output, errors } = await check([imageIn(world), '--root', world.node.root, '--node', 'node-1']);
	expect(output).toMatch(/^✓ registry\.test:\d+ +\d+\.\d\d s {3}registry\.test:\d+\/team\/app:1\n$/);
	expect([code, errors]).toEqual([0, '']);
});

test('a dead token service is named with its reason, and the exit code is 1', async () => {
	const world = await aWorld();
	await world.token.close();
	const { code, output } = await check([imageIn(world), '--root', world.node.root]);
	expect(output.split('\n')[0]).toMatch(/^✗ .*token tcp_refused at auth\.test:\d+$/);
	expect(output).toContain('The registry itself answers.');
	expect(code).toBe(1);
});

test('several targets are probed in one go', async () => {
	const world = await aWorld();
	const missing = imageIn(world).replace('team/app', 'team/none');
	const { code, output } = await check([imageIn(world), missing, imageIn(world), '--root', world.node.root]);
	expect(output.split('\n')[0]).toMatch(/cannot pull 1 of 2 images: registry\.test:\d+\/team\/none:1\.$/);
	expect(code).toBe(1);
});

test('JSON is the document of the contract, by its schema', async () => {
	const world = await aWorld();
	const { code, output } = await check([imageIn(world), '--root', world.node.root, '--output', 'json']);
	const schema = JSON.parse(readFileSync(new URL('../../docs/observations.schema.json', import.meta.url), 'utf8'));
	const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema);
	const document = JSON.parse(output);
	validate(document);
	expect(validate.errors).toBeNull();
	expect(document.pulls).toMatchObject([{ success: true }]);
	expect(code).toBe(0);
});

test('verbose shows a green path stage by stage', async () => {
	const world = await aWorld();
	const { output } = await check([imageIn(world), '--root', world.node.root, '--verbose']);
	expect(output).toMatch(/ {2}token {6}auth\.test:\d+\n {4}✓ dns .*\n {4}✓ tcp .*\n {4}✓ tls .*\n {4}✓ token /);
});

test('without UTF-8 the report is ASCII', async () => {
	const world = await aWorld();
	const { output } = await check([imageIn(world), '--root', world.node.root, '--verbose'], { LANG: 'C' });
	expect(output).toMatch(/^[\n -~]+$/);
});

test('what is no image reference is an error of usage in one line', async () => {
	const { code, output, errors } = await check(['Not An Image']);
	expect(errors).toMatch(/^registry-probe: "Not An Image" is not an image reference: .*\n$/);
	expect([code, output]).toEqual([2, '']);
});

test('a configuration that cannot be used is exit code 2', async () => {
	const { code, errors } = await check(['--config', '/nonexistent.yaml']);
	expect(errors).toContain('/nonexistent.yaml');
	expect(code).toBe(2);
});

test('an interrupt ends the attempt at once and prints no report', async () => {
	const world = await aWorld();
	await using server = await startMisbehaving(silent);
	const running = startCheck([`127.0.0.1:${server.port}/team/app:1`, '--root', world.node.root]);
	while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
	running.signal('SIGINT');
	expect(await running.ended).toEqual({ code: 130, output: '', errors: '' });
});
