import { beforeAll, expect, test } from 'vitest';

import { anchorsFor } from '../../src/probe/handshake/anchors.ts';
import { createAuthority } from '../fakes/authority.ts';

const bundle = { certificates: [], source: 'none' };
let ca: string;
beforeAll(async () => {
	ca = (await createAuthority()).pem;
});
const anchors = (...texts: string[]) =>
	anchorsFor(
		bundle,
		texts.map((text) => ({ file: '/ca.crt', text })),
	);

test.each<[string, () => string]>([
	['alone', () => ca],
	['behind remarks', () => `issued by us\n${ca}`],
	['with Windows line breaks', () => ca.replaceAll('\n', '\r\n')],
	['beside one that is broken', () => `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${ca}`],
	['twice', () => ca + ca],
])('an authority counts %s', (_name, text) => {
	expect(anchors(text()).size).toBe(1);
});

test.each<[string, () => string]>([
	['with something before its frame', () => ` ${ca}`],
	['with headers', () => ca.replace('-----\n', '-----\nProc-Type: 4\n\n')],
	['in the frame of OpenSSL', () => ca.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
	['that is broken', () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
])('an authority %s is none to Go, and so none here', (_name, text) => {
	expect(() => anchors(text())).toThrow('the CA file /ca.crt holds no certificate');
});

test('the same files of one bundle are read once', () => {
	expect(anchors(ca)).toBe(anchors(ca));
	expect(anchors(ca, ca)).not.toBe(anchors(ca));
});
