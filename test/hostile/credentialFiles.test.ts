import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openNode } from '../../src/commands/nodeHere.ts';
import { plannedDocument } from '../../src/commands/planned.ts';
import { planText } from '../../src/commands/planText.ts';
import { Folder } from '../config/folder.ts';
import { makeNode } from '../fakes/node.ts';
import { holds, user } from './canary.ts';
import { runCommand } from './commandRun.ts';
import { canary, encoded, login, slips, word } from './fileSlips.ts';

const configured = (root: string, runtime: string) =>
	`node: { name: n, root: ${root}, runtime: ${runtime}, credential_providers: run }\nregistries: [{ name: r.test, image: 'r.test/team/app:1', credentials: node }]\n`;

describe('a login in a file of the node that cannot be used so', () => {
	test.each(Object.entries(slips))('is not shown: %s', async (_title, [runtime, files]) => {
		await using node = await makeNode({ files });
		await using folder = await Folder.make();
		const here = await openNode(await folder.load(configured(node.root, runtime)));
		const document = plannedDocument(here);
		const told = `${JSON.stringify(document)}${planText(document, here.targets())}`;
		expect(told).toContain('r.test/team/app');
		expect(holds(told, canary)).toBe(false);
	});

	test('is not printed', async () => {
		const [runtime, files] = slips['a location with a login'] ?? ['', {}];
		await using node = await makeNode({ files });
		await node.write('/config.yaml', configured(node.root, runtime));
		const { stdout, stderr, code } = await runCommand('plan', '--config', join(node.root, 'config.yaml'));
		expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
		expect(stdout).toContain('REDACTED@m.test/cache');
		expect(holds(stdout, canary)).toBe(false);
	});
});

describe('a login in the configuration, where something else belongs', () => {
	const entry = (text: string) => `registries:\n  - name: r.test\n    ${text}\n`;

	test.each([
		['a file, in place of its path', entry(`credentials: { file: '{"auths":{"r.test":{"auth":"${encoded}"}}}' }`)],
		['the login in base64, in place of a path', entry(`credentials: { file: ${encoded} }`)],
		['the login, in place of a path', entry(`credentials: { file: '${login}' }`)],
		['a key of a map', entry(`credentials: { '${login}': x }`)],
		['a word, in place of a key of a login', entry(`credentials: { ${word}: x }`)],
		['a path below a word, in place of a key of a login', entry(`credentials: { ${word}: *nowhere }`)],
		['a key of the whole', `'${login}': x\n`],
		['a key without a space behind its colon', `registries: [{ name: r.test, proxy:http://${login}@p:3128: x }]\n`],
		['a key that stands twice', `node: { '${login}': x, '${login}': y }\n`],
		['a key above an anchor that is not there', `x: { '${login}': *nowhere }\n`],
		['a key above a variable that is not set', `x: { '${login}': '\${UNSET}' }\n`],
		['the password between the braces of a variable', `proxy: 'http://${user}:\${${word}}@p:3128'\n`],
		['the same in capital letters', `no_proxy: '\${${word.toUpperCase()}}'\n`],
		['a tag', `proxy: !${canary}!\n`],
		['a directive', `%${canary}\n---\na: b\n`],
		['a version of YAML', `%YAML ${canary}\n---\na: b\n`],
		['a key in base64, in place of its path', `tls: { certificate: a.pem, key: ${encoded} }\n`],
		['a key in base64 with slashes', `tls: { certificate: a.pem, key: /${encoded}/${encoded} }\n`],
		['a word, in place of the path of a key', `tls: { certificate: a.pem, key: ${word} }\n`],
		['a word, in place of both paths', `tls: ${word}\n`],
		['a word, in place of the path of a CA', entry(`ca: ${word}`)],
		['a word, in place of a path', entry(`credentials: { file: /${word} }`)],
		['a word with a dot, in place of a path', entry(`credentials: { file: ghp.${word} }`)],
		['a query of an endpoint', entry(`endpoint: 'https://m.test:5000/?token=${canary}'`)],
		['a fragment of an endpoint', entry(`endpoint: 'https://m.test:5000#${canary}'`)],
		['a query of an image', entry(`image: 'r.test/app?sig=${canary}'`)],
		['a token before an image', entry(`image: '${word}@r.test/app'`)],
		['a token before an image with a digest', entry(`image: '${word}@r.test/A@sha256:abc'`)],
		['a token, in place of a digest', entry(`image: 'r.test/A@sha256:${word}'`)],
		['a token before a name', `registries: [{ name: '${word}@r.test' }]\n`],
		['a header, in place of a name', `registries: [{ name: 'Bearer ${word}' }]\n`],
		['a name with a login, beside an image', `registries: [{ name: 'https://${login}@r.test', image: r.test/app }]\n`],
		['the whole', `${login}\n`],
		['a word that is the whole', `${word}\n`],
		['the list of registries', `registries: ${login}\n`],
		['an interval', entry(`interval: '${login}'`)],
		['a word, in place of an interval', entry(`interval: ${word}`)],
		['a port to listen on', `listen: '${login}'\n`],
		['a word, in place of another', `authentication: ${word}\n`],
		['a runtime', `node: { runtime: '${login}' }\n`],
		['a namespace', `pull_secrets: { namespaces: ['${login}'] }\n`],
		['a pattern', `discovery: { allow: ['${login}/*'] }\n`],
		[
			'a key, in place of its path',
			`tls:\n  certificate: a.pem\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    ${canary}\n`,
		],
		['an image', entry(`image: '${login}@r.test/app'`)],
		['an endpoint without a scheme', entry(`endpoint: '${login}@m.test:5000'`)],
		['a name', `registries:\n  - name: '${login}@r.test'\n`],
		['an address to listen on', `listen: '${login}@0.0.0.0:9917'\n`],
	])('is not shown: %s', async (_title, text) => {
		await using folder = await Folder.make();
		const faults = await folder.faults(text);
		expect(faults).not.toEqual([]);
		expect([canary, word].filter((secret) => holds(faults.join('\n'), secret))).toEqual([]);
	});
});

describe('a login in an argument that cannot be used', () => {
	test.each([
		['cluster', '--prometheus', `ftp://${login}@prometheus.test`],
		['cluster', '--prometheus', `http://${login}@[`],
		['check', `${login}@r.test/team/app`],
		['explain', `${login}@r.test/app`],
	])('is not repeated by %s', async (...words) => {
		const { stdout, stderr, code } = await runCommand(...words);
		expect(code).toBe(2);
		expect(stderr).toContain('--help');
		expect(holds(stdout + stderr, canary)).toBe(false);
	});
});
