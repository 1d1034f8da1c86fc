import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { Secret } from '../../src/registry/secret.ts';
import { makeNode } from '../fakes/node.ts';
import { attempt, targetAt } from '../probe/world.ts';
import { basic, holds, user } from './canary.ts';
import { startRaw } from './raw.ts';

const password = 'canary-byte-for-byte-7f3a';
const denied = JSON.stringify({ errors: [{ code: 'DENIED', message: `no entry for ${password}` }] });
const json = 'content-type: application/json\r\n';
const empty = 'content-length: 0\r\n\r\n';
const chunked = Array.from(denied)
	.map((character) => `1;name=${password}\r\n${character}\r\n`)
	.join('');
const escaped = denied.replace(
	password,
	Array.from(password)
		.map((one) => `\\u00${one.charCodeAt(0).toString(16)}`)
		.join(''),
);
const sentOn = (location: string) => `HTTP/1.1 307 x\r\nlocation: ${location}\r\n${empty}`;

/** An answer to the request that shows a login, as a library of HTTP would not write it. */
const answers: Readonly<Record<string, string | Buffer>> = {
	'as the reason of a status': `HTTP/1.1 403 ${password}\r\n${empty}`,
	'as a scheme': `HTTP/1.1 401 x\r\nwww-authenticate: ${password} realm=x\r\n${empty}`,
	'as the realm of another scheme': `HTTP/1.1 401 x\r\nwww-authenticate: Digest realm="${password}"\r\n${empty}`,
	'in a hint before the answer': `HTTP/1.1 103 x\r\nlink: <https://x/${password}>\r\n\r\nHTTP/1.1 403 x\r\n${empty}`,
	'as a header that is none': `HTTP/1.1 403 x\r\n${password} broken\r\n\r\n`,
	'in place of an answer': `${password}\r\n\r\n`,
	'as a status': `HTTP/1.1 ${password}\r\n\r\n`,
	'letter by letter, and in a trailer': `HTTP/1.1 403 x\r\n${json}transfer-encoding: chunked\r\n\r\n${chunked}0\r\nx: ${password}\r\n\r\n`,
	compressed: Buffer.concat([Buffer.from(`HTTP/1.1 403 x\r\n${json}content-encoding: gzip\r\n\r\n`), gzipSync(denied)]),
	'escaped letter by letter': `HTTP/1.1 403 x\r\n${json}content-length: ${escaped.length}\r\n\r\n${escaped}`,
	'as the scheme of a Location': sentOn(`${password}://x`),
	'as login and address of a Location': sentOn(`http://${password}:${password}@[${password}]/`),
	'as a parameter in the path of a Location': sentOn(`http://127.0.0.1:1/a;x=${password}`),
	'as a range': `HTTP/1.1 206 x\r\ncontent-range: bytes ${password}/*\r\n${empty}`,
	'as a time to wait, and as quotas': `HTTP/1.1 429 x\r\nretry-after: ${password}\r\nratelimit: "${password}";r=1\r\nratelimit-limit: ${password};w=1\r\n${empty}`,
	'as the error of a proxy': `HTTP/1.1 503 x\r\nx-squid-error: ${password} 1\r\nvia: ${password}\r\n${empty}`,
};

test.each(Object.entries(answers))('a registry says its login back %s: no record holds it', async (_title, answer) => {
	const login = { username: user, password: new Secret(password) };
	let shown = 0;
	await using server = await startRaw(({ text }, stream) => {
		if (!text.includes(basic(password))) {
			stream.write(`HTTP/1.1 401 x\r\nwww-authenticate: Basic realm="x"\r\n${empty}`);
			return;
		}
		shown += 1;
		stream.end(answer);
	});
	await using node = await makeNode();
	const target = targetAt({ scheme: 'http', hostname: '127.0.0.1', port: server.port }, { timeout: 1 });
	const observation = await attempt(node, target, { logins: { registry: login } });
	expect(shown).toBeGreaterThan(0);
	expect(observation.success).toBe(false);
	expect(holds(JSON.stringify(observation), password)).toBe(false);
});
