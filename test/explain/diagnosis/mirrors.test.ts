import { expect, test } from 'vitest';
import { explained, line, triedThrough } from './situations.ts';
import { image, words } from './texts.ts';

const mirrorRefuses = words.refused
	.replace('https://ghcr.io/', 'https://mirror.example/')
	.replace('/2.41"', '/2.41?ns=ghcr.io"');

test('where kubelet names a mirror, the host behind it is to blame for what it does not give either', () => {
	const tries = [
		triedThrough(image, { mirror: 'registry tcp tcp_refused', upstream: 'registry manifest manifest_not_found' }),
	];
	expect(line(explained({ message: mirrorRefuses, tries }))).toBe('image image manifest_not_found ghcr.io');
});

test('a mirror that fails before a host that works is no cause', () => {
	const tries = [triedThrough(image, { mirror: 'registry tcp tcp_refused', upstream: 'ok' })];
	const told = explained({ message: mirrorRefuses, tries });
	expect(line(told)).toBe('registry unknown tcp_refused mirror.example');
	expect(told.summary).toContain('A pull would work now');
});
