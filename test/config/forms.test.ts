import { expect, test } from 'vitest';

import { fitsKey, isVariable, looksRandom } from '../../src/config/forms.ts';

test.each([
	'registry2',
	'x86_64',
	'k3s',
	'insecureSkipVerify',
	'ip-10-0-0-1.eu-west-1',
	'containerd/2.4.2-k3s1',
	'123456789012.dkr.ecr.eu-west-1.amazonaws.com',
])('%s looks like words', (text) => {
	expect(looksRandom(text)).toBe(false);
});

test.each([
	'canary7f3a9c',
	'e06713ada5383138',
	'JSzCcCKeGUoLasDk',
	'cm9ib3Q6cGxhbnRlZA',
	'prefix_4f9c1e07ab3d',
	'/data/9f86d081884c7d65',
	'x'.repeat(33),
])('%s looks made up by a machine', (text) => {
	expect(looksRandom(text)).toBe(true);
});

test.each([
	['interval', '5 minutes'],
	['interval', '1h30m10s'],
	['bytes', '2GiB'],
	['floor', '0.5 %'],
	['network', 'hosts'],
	['image', 'busybox:1.36'],
	['image', 'dokcer.io/Team/app:v2@sha256:0f'],
	['name', 'team/images'],
	['listen', '::9917'],
	['endpoint', 'https://mirror.example/v2'],
	['endpoint', 'https://${HOST}:5000/v2'],
	['ca', 'certs/corp.pem'],
	['key', '../tls.key'],
	['file', '/var/run/secrets/token'],
	['allow', '[a-c].example/*'],
	['name', ''],
])('a wrong value of %s is repeated: %j', (key, text) => {
	expect(fitsKey(key, text)).toBe(true);
});

test.each([
	['interval', 'every 5 minutes, please'],
	['interval', 'r.test/a'],
	['image', 'robot:planted'],
	['image', 'r.test/a@planted'],
	['endpoint', 'https://${planted}'],
	['key', 'planted'],
	['ca', '/planted'],
	['name', 'Bearer planted'],
	['allow', 'robot:planted'],
])('a wrong value of %s is not: %j', (key, text) => {
	expect(fitsKey(key, text)).toBe(false);
});

test('variables are called in capital letters', () => {
	expect(['NODE_NAME', '_X1'].every(isVariable)).toBe(true);
	expect(['planted', 'Planted', '1A', 'C4N4RY7F3A9C'].some(isVariable)).toBe(false);
});
