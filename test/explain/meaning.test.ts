import { describe, expect, test } from 'vitest';
import { explainDocument } from '../../src/explain/document.ts';
import { meaningOf } from '../../src/explain/meaning.ts';
import { readMessage } from '../../src/explain/readMessage.ts';
import { cases } from './recorded.ts';

const meaning = (message: string) => meaningOf(readMessage(message));
const pulling = 'failed to pull and unpack image "r.example:5000/team/app:1": failed to resolve image: ';
const head = `${pulling}failed to do request: Head "https://r.example:5000/v2/team/app/manifests/1": `;

describe('the values of the message stand in its explanation', () => {
	test.each([
		['the address', `${head}dial tcp [2001:db8::1]:5000: connect: connection refused`, 'port 5000 of 2001:db8::1'],
		[
			'the nameserver',
			`${head}dial tcp: lookup r.example on 192.0.2.53:53: no such host`,
			'The nameserver 192.0.2.53 says',
		],
		['the proxy', `${head}proxyconnect tcp: dial tcp 192.0.2.9:3128: i/o timeout`, 'The proxy 192.0.2.9:3128 does'],
		[
			'the name of the proxy',
			`${head}proxyconnect tcp: dial tcp: lookup p on 192.0.2.53:53: no such host`,
			'The proxy p does',
		],
		[
			'the status',
			`${pulling}pulling from host r.example:5000 failed with status code [manifests 1]: 502 Bad Gateway`,
			'r.example:5000 answers 502 Bad Gateway',
		],
		[
			'the image',
			`${pulling}r.example:5000/team/app:1: not found`,
			'r.example:5000 has no tag or digest 1 in team/app',
		],
	])('%s', (_, message, words) => {
		expect(meaning(message).meaning).toContain(words);
	});
});

test('a host that the text does not name is not made up', () => {
	const realm = meaning(
		`${pulling}failed to authorize: failed to fetch anonymous token: unexpected status: 429 Too Many Requests`,
	);
	expect(realm.meaning).toContain('The token service HOST of r.example:5000 answers 429');
	expect(realm.confirm).toContain('https://HOST/');
	const layer = meaning(
		'reading blob sha256:00: fetching blob: received unexpected HTTP status: 503 Service Unavailable',
	);
	expect(layer.meaning).toMatch(/^The host of the layer answers 503/);
});

test('what a reason could be is listed, with the command that tells', () => {
	const { meaning: text, remedy, confirm } = meaning(`${head}EOF`);
	expect(text).toMatch(/tls_closed \(.+\), or http_closed \(.+\), or proxy_error \(.+\)\.$/);
	expect(remedy).toContain('`registry-probe check`');
	expect(confirm).toBe('registry-probe check r.example:5000/team/app:1');
});

test('no image gets into a command that a shell could read as anything else', () => {
	expect(meaning('Failed to pull image "$(reboot)": EOF').confirm).toBe('registry-probe check IMAGE');
});

test('every recorded text is explained in whole sentences', () => {
	const documents = cases.map(({ text }) => explainDocument(readMessage(text)));
	const texts = documents.flatMap(({ meaning: means, remedy }) => [means, remedy]);
	expect(
		texts.filter((text) => !/^[A-Za-z].*\.$/.test(text) || /undefined|\{[a-z]+\}|ADDRESS|REFERENCE/.test(text)),
	).toEqual([]);
});
