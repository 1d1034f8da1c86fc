import { describe, expect, test } from 'vitest';

import { Secret } from '../../src/registry/secret.ts';
import { makeNode } from '../fakes/node.ts';
import { attempt, targetAt } from '../probe/world.ts';
import { basic, user } from './canary.ts';
import { type RawServer, startRaw } from './raw.ts';

interface Saying {
	readonly password: string;
	/** The whole answer, as bytes. */
	readonly answer: (password: string) => Buffer;
	/** What would be told if nobody looked for it. */
	readonly left: string;
}

const answered = (head: readonly string[], body: Buffer = Buffer.alloc(0)) =>
	Buffer.concat([Buffer.from(`${[...head, `content-length: ${body.length}`].join('\r\n')}\r\n\r\n`), body]);
const headed = (status: number, line: string) => answered([`HTTP/1.1 ${status} x`, line]);
const json = (body: Buffer) => answered(['HTTP/1.1 403 x', 'content-type: application/json'], body);
const message = (said: string) => json(Buffer.from(JSON.stringify({ errors: [{ code: 'DENIED', message: said }] })));
const encoded = (text: string) => Buffer.from(text).toString('base64');
const long = `canary-${'long-secret-'.repeat(8)}7f3a`;

const sayings: Readonly<Record<string, Saying>> = {
	'cut behind a long address': {
		password: 'canary-cut-7f3a',
		answer: (password) => message(`${`http://x/?a=`.padEnd(4096 - ' for canary-cut-7f3'.length, 'x')} for ${password}`),
		left: 'canary-cut-7f3',
	},
	'without the line feed at its end': {
		password: 'canary-newline-7f3a\n',
		answer: (password) => message(`no entry for '${password.trim()}' here`),
		left: 'canary-newline-7f3a',
	},
	'at the end of a message that is trimmed': {
		password: 'canary-blank-7f3a ',
		answer: (password) => message(`no entry for ${password}`),
		left: 'canary-blank-7f3a',
	},
	'with a question mark, whose rest is taken for a query': {
		password: 'canary-before?behind=7f3a',
		answer: (password) => message(`no entry for ${password}`),
		left: 'canary-before',
	},
	'in the path of a Location': {
		password: 'canary-before?behind-7f3a',
		answer: (password) => headed(307, `location: /r/${encodeURIComponent(password)}/x`),
		left: 'canary-before',
	},
	'in the path of a Location, as URL writes it': {
		password: 'canary|<of>|url-7f3a',
		answer: (password) => headed(307, `location: /r/${password}/x`),
		left: 'canary|%3Cof%3E|url-7f3a',
	},
	'as the name of a host, in its ASCII form': {
		password: 'canary-pässwort',
		answer: (password) => headed(307, `location: http://${password}.test:1/x`),
		left: new URL('http://canary-pässwort.test').hostname,
	},
	'with an at sign, whose beginning is taken for a login': {
		password: 'ab:cd@canary-behind-7f3a',
		answer: (password) => message(`no entry for ${password}`),
		left: 'canary-behind-7f3a',
	},
	'around what looks like a token': {
		password: 'canary-in-front-7f3a.eyJhbGciOiJub25lIn0.x',
		answer: (password) => message(`no entry for ${password}`),
		left: 'canary-in-front-7f3a',
	},
	'in JSON of Go within JSON': {
		password: 'canary&amp-of-go-7f3a',
		answer: (password) => message(`upstream: {"password":"${password.replaceAll('&', String.raw`\u0026`)}"}`),
		left: String.raw`canary\\u0026amp-of-go-7f3a`,
	},
	'in JSON of PHP within JSON': {
		password: 'canary/of/php/7f3a',
		answer: (password) => message(`upstream: {"password":"${password.replaceAll('/', String.raw`\/`)}"}`),
		left: String.raw`canary\\/of\\/php\\/7f3a`,
	},
	'in HTML of Python': {
		password: "canary'of'python-7f3a",
		answer: (password) => message(`no ${password.replaceAll("'", '&#x27;')}`),
		left: 'canary&#x27;of&#x27;python-7f3a',
	},
	'in XML': {
		password: "canary'of'xml-7f3a",
		answer: (password) => message(`no ${password.replaceAll("'", '&apos;')}`),
		left: 'canary&apos;of&apos;xml-7f3a',
	},
	'percent-encoded twice': {
		password: 'canary<twice>7f3a',
		answer: (password) => message(`no ${encodeURIComponent(encodeURIComponent(password))}`),
		left: 'canary%253Ctwice%253E7f3a',
	},
	'percent-encoded letter by letter': {
		password: 'canary-percent-7f3a',
		answer: (password) =>
			message(`no ${[...Buffer.from(password)].map((byte) => `%${byte.toString(16)}`).join('')} here`),
		left: '%63%61%6e%61%72%79',
	},
	'in base64 in lines': {
		password: long,
		answer: (password) => message(`header was ${encoded(`${user}:${password}`).replace(/(.{76})/g, '$1\n')}`),
		left: encoded(`${user}:${long}`).slice(0, 76),
	},
	'in base64 that is percent-encoded': {
		password: 'ca>>?nary>>?~~~7f3a>>?',
		answer: (password) => message(`auth ${encodeURIComponent(encoded(password))} is wrong`),
		left: encodeURIComponent(encoded('ca>>?nary>>?~~~7f3a>>?')),
	},
	'in capital letters beyond ASCII': {
		password: 'canary-pässwort-7f3a',
		answer: (password) => message(`no ${password.toUpperCase()}`),
		left: 'CANARY-PÄSSWORT-7F3A',
	},
	'with its accents apart': {
		password: 'canary-pässwort-7f3a',
		answer: (password) => message(`no ${password.normalize('NFD')}`),
		left: 'canary-pässwort-7f3a'.normalize('NFD'),
	},
	'in another character set': {
		password: 'canary-pässwort-7f3a',
		answer: (password) => json(Buffer.from(JSON.stringify({ message: `no ${password}` }), 'latin1')),
		left: 'canary-p\uFFFDsswort-7f3a',
	},
	'in UTF-8 in a header': {
		password: 'canary-pässwort-7f3a',
		answer: (password) => headed(403, `docker-content-digest: ${password}`),
		left: Buffer.from('canary-pässwort-7f3a')
			.toString('latin1')
			.replaceAll(/\p{Cc}/gu, '\uFFFD'),
	},
	'as the number of pulls': {
		password: '48151623',
		answer: (password) => headed(403, `ratelimit-limit: ${password};w=21600`),
		left: '48151623',
	},
	'as who is counted, of which only the beginning is read': {
		password: 'canary-before,behind7f3a',
		answer: (password) => headed(403, `docker-ratelimit-source: ${password}`),
		left: 'canary-before',
	},
	'as a media type, of which only the beginning is read': {
		password: 'canary-before;behind7f3a',
		answer: (password) => headed(200, `content-type: text/${password}`),
		left: 'canary-before',
	},
};

async function startSaying(answer: Buffer, shown?: string): Promise<RawServer> {
	return await startRaw(({ text, method, target }, stream) => {
		if (shown !== undefined && !text.includes(shown)) {
			stream.write(headed(401, 'www-authenticate: Basic realm="x"'));
		} else if (target.startsWith('/r/')) stream.write(headed(404, 'x: y'));
		else stream.write(method === 'HEAD' ? answer.subarray(0, answer.indexOf('\r\n\r\n') + 4) : answer);
	});
}

/** All that an attempt tells of a server that gives this answer, to whom it has shown the login. */
async function told({ password, answer }: Saying, shows: boolean): Promise<string> {
	await using server = await startSaying(answer(password), shows ? basic(password) : undefined);
	await using node = await makeNode();
	const target = targetAt({ scheme: 'http', hostname: '127.0.0.1', port: server.port }, { timeout: 2 });
	const logins = shows ? { registry: { username: user, password: new Secret(password) } } : {};
	const observation = await attempt(node, target, { logins });
	expect(server.requests.some(({ text }) => text.includes(basic(password)))).toBe(shows);
	return JSON.stringify(observation);
}

describe('a registry says back a password that it was shown', () => {
	test.each(Object.entries(sayings))('%s: nothing of it is told', async (_what, saying) => {
		expect(await told(saying, true)).not.toContain(saying.left);
	});

	test.each(Object.entries(sayings))('%s: it would be told if it were none', async (_what, saying) => {
		expect(await told(saying, false)).toContain(saying.left);
	});
});
