import { expect, test } from 'vitest';
import { amongNodes } from '../../../src/explain/diagnosis/amongNodes.ts';
import type { Elsewhere } from '../../../src/verdict/fleet/elsewhere.ts';
import { explained, line, type Path, tried } from './situations.ts';
import { image, words } from './texts.ts';

const dropped = explained(
	{ message: words.dropped, tries: [tried(image, 'registry tcp tcp_timeout')] },
	{ 'ghcr.io': 'registry tcp tcp_timeout', 'quay.io': 'ok' },
);
const fault = { host: 'ghcr.io', role: 'registry', stage: 'tcp', reason: 'tcp_timeout' };
const seen = (changes: Partial<Elsewhere>): Elsewhere => ({
	registry: 'ghcr.io',
	here: { success: false, fault },
	others: 41,
	working: 41,
	...changes,
});

test.each([
	['all other nodes work', seen({ scope: 'node' }), 'node probe tcp_timeout ghcr.io'],
	['a zone fails', seen({ working: 30, scope: 'zone', zone: 'eu-1a' }), 'node probe tcp_timeout ghcr.io'],
	['no node works', seen({ working: 0, scope: 'everyone' }), 'registry unknown tcp_timeout ghcr.io'],
])('where %s, the cause is told', (_title, elsewhere, expected) => {
	const told = amongNodes(dropped, elsewhere);
	expect(line(told)).toBe(expected);
	expect(told.summary).not.toContain('only other nodes can tell');
	expect(told.evidence.at(-1)?.source).toBe('nodes');
});

test('a zone is named', () => {
	const told = amongNodes(dropped, seen({ working: 30, scope: 'zone', zone: 'eu-1a' }));
	expect(told.summary).toContain('the way of the zone eu-1a');
});

test.each([
	['nobody was asked', undefined],
	['only one other node works', seen({ others: 1, working: 1 })],
	['some others fail, too', seen({ working: 38, scope: 'many' })],
	['this node reaches the registry by now', seen({ here: { success: true } })],
	['this node meets something else', seen({ here: { success: false, fault: { ...fault, reason: 'tcp_refused' } } })],
	[
		'this node meets it at another host',
		seen({ here: { success: false, fault: { ...fault, host: 'mirror.example' } } }),
	],
])('where %s, all stays as it is', (_title, elsewhere) => {
	expect(amongNodes(dropped, elsewhere)).toBe(dropped);
});

test.each<readonly [string, string, Path]>([
	['proved', words.missing, 'registry manifest manifest_not_found'],
	['a matter of the login', words.denied, 'registry manifest auth_denied'],
])('what is %s is not asked of others', (_title, message, path) => {
	const told = explained({ message, tries: [tried(image, path)] });
	expect(amongNodes(told, seen({}))).toBe(told);
});
