import { expect, test } from 'vitest';
import { judge } from '../../../src/explain/diagnosis/proof.ts';
import { independentPlaces } from '../../../src/explain/diagnosis/places.ts';
import { registriesIn, type RegistrySight } from '../../../src/explain/diagnosis/registries.ts';
import type { Target } from '../../../src/plan/target.ts';
import type { Reason } from '../../../src/reasons/reason.ts';
import { anAttempt, aStore, aTarget, broke, passed } from '../../store/literals.ts';

/** Registries that all fail for one reason, each with the addresses that its name has. */
function failing(
	registries: Readonly<Record<string, readonly string[]>>,
	reason: Reason = 'tcp_timeout',
	origin: Target['origin'] = 'configured',
): readonly RegistrySight[] {
	const targets = Object.keys(registries).map((host) =>
		aTarget({ registry: host, host, origin, image: { domain: host, repository: 'a', tag: '1' } }),
	);
	const store = aStore(...targets);
	for (const target of targets) {
		const addresses = registries[target.host] ?? [];
		const stage = reason.startsWith('dns') ? 'registry dns' : 'registry tcp';
		const records = [
			...(stage === 'registry dns' ? [] : [passed('registry dns', { addresses })]),
			{ ...broke(stage, reason), peer: target.host },
		];
		store.record(anAttempt(target, records));
	}
	return registriesIn({ states: store.states(), verdicts: store.verdicts(), now: 2000 });
}

test.each<[string, Readonly<Record<string, readonly string[]>>, number]>([
	['of several owners', { 'a.one.example': ['192.0.2.1'], 'b.two.example': ['198.51.100.1'] }, 2],
	['of one owner', { 'a.one.example': ['192.0.2.1'], 'b.one.example:5000': ['198.51.100.1'] }, 1],
	['at one address', { 'a.one.example': ['192.0.2.1'], 'b.two.example': ['192.0.2.1'] }, 1],
	['in one network', { 'a.one.example': ['192.0.2.1'], 'b.two.example': ['192.0.2.250'] }, 1],
	['in one network of IPv6', { 'a.one.example': ['2001:db8:1::1'], 'b.two.example': ['2001:db8:1:2::1'] }, 1],
	['in networks of IPv6', { 'a.one.example': ['2001:db8:1::1'], 'b.two.example': ['2001:db8:2::1'] }, 2],
	[
		'that hang together by a third',
		{
			'a.one.example': ['192.0.2.1'],
			'b.two.example': ['198.51.100.1'],
			'c.three.example': ['192.0.2.2', '198.51.100.2'],
		},
		1,
	],
	['of which nothing is known but the address', { '192.0.2.1': [], '[2001:db8::1]:5000': [] }, 2],
])('registries %s', (_, registries, places) => {
	expect(independentPlaces(failing(registries))).toBe(places);
});

/** Whether it is told as this node's way out when all of these fail so. */
function isNodeWide(registries: readonly RegistrySight[]): boolean {
	const [seen] = registries[0]?.faults ?? [];
	if (!seen) throw new Error('nothing fails');
	return judge(seen, { registries, said: false, hasSecrets: false }).nodeWide;
}

const three = { 'a.one.example': [], 'b.two.example': [], 'c.three.example': [] };
const two = { 'a.one.example': [], 'b.two.example': [] };

test('three independent registries do not fail together, two may', () => {
	expect(isNodeWide(failing(three))).toBe(true);
	expect(isNodeWide(failing(two))).toBe(false);
});

test('two silent names are enough to doubt the nameserver, two that it refuses to know are not', () => {
	expect(isNodeWide(failing(two, 'dns_timeout'))).toBe(true);
	expect(isNodeWide(failing(two, 'dns_server_failure'))).toBe(false);
});

test('names that pods alone give may be mistyped', () => {
	expect(isNodeWide(failing(three, 'dns_name_not_found', 'discovered'))).toBe(false);
	expect(isNodeWide(failing(three, 'dns_name_not_found'))).toBe(true);
});
