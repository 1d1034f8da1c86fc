import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

import { registryProbe } from './command.ts';

const refused =
	'rpc error: code = Unknown desc = failed to pull and unpack image "ghcr.io/org/app:1.2": failed to resolve image: failed to authorize: failed to fetch anonymous token: Get "https://auth.example/token?scope=%5BREDACTED%5D": dial tcp 192.0.2.1:443: connect: connection refused';
const explain = (...args: readonly string[]) => registryProbe(['explain', ...args], { LANG: 'C.UTF-8' });

/** The command with `input` on its standard input. */
async function explainInput(input: string) {
	const child = spawn(process.execPath, ['src/main.ts', 'explain', '--message', '-', '--output', 'json'], { env: {} });
	const code = new Promise<number | null>((resolve) => child.once('close', resolve));
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	return { code: await code, stdout, stderr };
}

test('people read what failed, where, why and what to do', async () => {
	const { code, stdout, stderr } = await explain('--message', refused);
	expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
	expect(stdout).toBe(`\
✗ ghcr.io/org/app:1.2   tcp_refused

  Role      token
  Stage     tcp
  Host      auth.example
  Said      Get "https://auth.example/token?scope=%5BREDACTED%5D": dial tcp
            192.0.2.1:443: connect: connection refused
  Means     The token service auth.example of ghcr.io refuses the connection:
            nothing listens on port 443 of 192.0.2.1, or a firewall rejects.
            Pulls that need it fail at once. The registry itself answers.
  Do        Start the service at auth.example:443, or correct the port in the
            image, the mirror or the endpoint. If it runs, look for a firewall
            rule that rejects.
  Confirm   nc -vz -w 3 auth.example 443
  More      docs/runbook.md#tcp_refused
`);
});

test('programs read the same as JSON, which its schema describes', async () => {
	const schema = JSON.parse(readFileSync('docs/explain.schema.json', 'utf8')) as object;
	const validate = new Ajv2020({ strict: true }).compile(schema);
	const { code, stdout } = await explain('--message', refused, '--output', 'json');
	const document: unknown = JSON.parse(stdout);
	expect(code).toBe(0);
	validate(document);
	expect(validate.errors ?? []).toEqual([]);
	expect(document).toMatchObject({
		version: 1,
		reason: 'tcp_refused',
		role: 'token',
		stage: 'tcp',
		host: 'auth.example',
		image: 'ghcr.io/org/app:1.2',
		meaning: expect.stringContaining('auth.example'),
		remedy: expect.stringMatching(/\.$/),
	});
});

test('a text that does not say why gives 1, and what it could have been', async () => {
	const { code, stdout, stderr } = await explain('--message', refused.replace(/dial tcp.*/, 'EOF'));
	expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
	expect(stdout).toContain('tls_closed');
	expect(stdout).toContain('registry-probe check ghcr.io/org/app:1.2');
	expect(stdout).not.toContain('docs/runbook.md');
});

test('the message can come from standard input', async () => {
	const { code, stdout } = await explainInput(`${refused}\n`);
	expect({ code, document: JSON.parse(stdout) as unknown }).toMatchObject({
		code: 0,
		document: { reason: 'tcp_refused' },
	});
});

test('of an endless input the start is read', async () => {
	const { code, stdout } = await explainInput(`pull QPS exceeded: ${'x'.repeat(4_000_000)}`);
	expect({ code, document: JSON.parse(stdout) as unknown }).toMatchObject({
		code: 0,
		document: { reason: 'pull_throttled_by_kubelet' },
	});
});

test.each([
	[[], 'name a pod, or give --message'],
	[['--message'], "option '--message <text>' argument missing"],
	[['--message', ' \n'], 'the message is empty'],
	[['default/pod', '--message', 'x'], 'name a pod or give --message, not both'],
	[['default/pod', 'other'], "too many arguments for 'explain'"],
	[['../secrets'], 'Write NAMESPACE/POD or POD'],
	[['pod', '--timeout', '5'], 'write 5s'],
	[['pod', '--agent', 'localhost'], 'It is no URL'],
])('%j is refused in one line', async (args, said) => {
	const { code, stdout, stderr } = await explain(...args);
	expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
	expect(stderr).toMatch(/^registry-probe: [^\n]+; see registry-probe --help\n$/);
	expect(stderr).toContain(said);
});

test('no configuration is needed, and none is read', async () => {
	expect(await explain('--message', refused, '--config', '/nowhere/config.yaml')).toMatchObject({ code: 0 });
});
