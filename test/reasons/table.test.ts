import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/reasons/explain.ts';
import { messageReasons, probeReasons } from '../../src/reasons/reason.ts';
import type { AnyReason } from '../../src/reasons/reason.ts';
import { pathStages } from '../../src/reasons/explanation.ts';
import type { Explanation } from '../../src/reasons/explanation.ts';
import { explanations } from '../../src/reasons/table.ts';

const everyReason: readonly AnyReason[] = [...probeReasons, ...messageReasons];
function explanationOf(reason: AnyReason): Explanation {
	return explanations[reason];
}

const values = {
	registry: 'docker.io',
	image: 'docker.io/library/hello-world:latest',
	host: 'registry-1.docker.io',
	repository: 'library/hello-world',
	reference: 'latest',
	digest: `sha256:${'0'.repeat(64)}`,
	nameserver: '[fd00::53]:5353',
	address: '192.0.2.1',
	proxy: 'http://proxy.example:3128',
	answer: '503 Service Unavailable',
};

test('the table holds the closed list and nothing else', () => {
	expect(Object.keys(explanations).toSorted()).toEqual(everyReason.toSorted());
});

test('what a probe can find has a stage, what only messages tell has none', () => {
	expect(probeReasons.filter((reason) => explanations[reason].stages.length === 0)).toEqual([]);
	expect(messageReasons.filter((reason) => explanations[reason].stages.length > 0)).toEqual([]);
});

test.each(['dns', 'tcp', 'proxy', 'tls'] as const)('a word that begins with %s belongs to that stage', (stage) => {
	const own = probeReasons.filter((reason) => reason.startsWith(`${stage}_`));
	const stray = own.filter((reason) => !explanationOf(reason).stages.includes(stage));
	expect(own).not.toEqual([]);
	expect(stray).toEqual([]);
});

test('related reasons are others', () => {
	expect(everyReason.filter((reason) => explanationOf(reason).related.includes(reason))).toEqual([]);
});

test('titles differ, and end without a full stop', () => {
	const titles = everyReason.map((reason) => explanations[reason].title);
	expect(new Set(titles).size).toBe(titles.length);
	expect(titles.filter((title) => title.endsWith('.'))).toEqual([]);
});

describe.each(everyReason)('%s', (reason) => {
	const filled = pathStages.flatMap((stage) =>
		['registry', 'token', 'redirect', 'blob'].map((role) => explain(reason, { ...values, role, stage })),
	);

	test('leaves no placeholder open, neither with values nor without', () => {
		for (const { means, prints, remedy, confirm } of [...filled, explain(reason, {})]) {
			expect(means + prints + remedy + confirm).not.toMatch(/\{[a-zA-Z]+\}|undefined/);
		}
	});

	test('needs no value that a failure does not have', () => {
		const texts = filled.map(({ means, prints, remedy, confirm }) => means + prints + remedy + confirm).join('\n');
		expect(texts).not.toMatch(/\b(HOST|PORT|REGISTRY|IMAGE|ADDRESS|REPOSITORY|REFERENCE|NAMESERVER|PROXY|STATUS)\b/);
	});

	test('means and remedy are whole sentences', () => {
		for (const { means, remedy } of filled) {
			expect(means).toMatch(/\.$/);
			expect(remedy).toMatch(/\.$/);
		}
	});

	test('the command is one line that a shell can read', () => {
		const commands = [...new Set(filled.map(({ confirm }) => confirm))];
		expect(commands.filter((command) => command.includes('\n'))).toEqual([]);
		expect(commands.filter((command) => spawnSync('bash', ['-n', '-c', command]).status !== 0)).toEqual([]);
	});

	test('the command asks a registry for headers alone, which no registry counts as a pull', () => {
		const curls = filled.flatMap(({ confirm }) => confirm.match(/curl .*/g) ?? []);
		expect(curls.filter((curl) => !curl.startsWith('curl -sSI -m 10 '))).toEqual([]);
		const others = filled.filter(({ confirm }) => /(crictl|docker|podman) pull|skopeo|crane|-X/.test(confirm));
		expect(others).toEqual([]);
	});
});
