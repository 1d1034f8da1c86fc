import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { CrioFacts } from '../../../src/node/crio/facts.ts';
import { readRegistriesFile } from '../../../src/node/crio/registriesFile.ts';
import { InvalidSetting } from '../../../src/node/crio/settings.ts';
import { InvalidToml } from '../../../src/node/toml.ts';
import { crioFaults } from '../../../src/plan/crio/crioFaults.ts';
import { type CrioRoute, crioRoute } from '../../../src/plan/crio/crioRoute.ts';
import { originOf } from '../../../src/registry/endpoint.ts';
import { InvalidReference } from '../../../src/registry/image.ts';
import { anyRegistriesConf } from '../../node/crio/anyText.ts';
import { crio } from './facts.ts';

/** What a node says with such a registries.conf; undefined where it is refused. */
function factsOf(text: string): CrioFacts | undefined {
	try {
		const file = readRegistriesFile(text, '/r.conf', false);
		return {
			present: true,
			registries: { ...file, source: { file: '/r.conf' } },
			recorded: { aliases: new Map() },
			settings: {},
			certificates: new Map(),
			faults: file.faults,
		};
	} catch (error) {
		if (error instanceof InvalidToml || error instanceof InvalidSetting) return undefined;
		throw error;
	}
}

function routeOf(facts: CrioFacts, image: string, version: string): CrioRoute | undefined {
	try {
		return crioRoute(facts, image, crio(version));
	} catch (error) {
		if (error instanceof InvalidReference) return undefined;
		throw error;
	}
}

const images = fc.oneof(
	fc.constantFrom('app', 'team/app:1', 'registry.example/team/app:1', 'one.example:5000/app', 'a.b.example/app:2'),
	fc.string({ unit: 'binary' }),
	fc.domain().map((domain) => `${domain}/app`),
);
const versions = fc.oneof(fc.constantFrom('1.37.0', '1.30.0', ''), fc.string());

test('any registries.conf gives every image hosts, or says why not', () => {
	let routed = 0;
	fc.assert(
		fc.property(anyRegistriesConf, images, versions, (text, image, version) => {
			const facts = factsOf(text);
			const route = facts && routeOf(facts, image, version);
			if (!facts || !route) return;
			routed += 1;
			expect(route.hosts.length > 0).toBe(route.refused === undefined);
			expect(route.hosts.filter(({ endpoint }) => !URL.canParse(originOf(endpoint)))).toEqual([]);
			const faults = [...route.faults, ...crioFaults(facts, crio(version))];
			expect([route.refused ?? '', ...faults.map(({ detail }) => detail)].join('')).not.toMatch(/\p{Cc}/u);
		}),
		{ numRuns: 2000 },
	);
	expect(routed).toBeGreaterThan(100);
});
