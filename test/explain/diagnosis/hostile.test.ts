import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainStuck } from '../../../src/explain/diagnosis/explainStuck.ts';
import { failingStates, quietStates } from '../../../src/explain/diagnosis/words.ts';
import { causes } from '../../../src/explain/diagnosis/causes.ts';
import { probeReasons } from '../../../src/reasons/reason.ts';
import { cases } from '../recorded.ts';
import { event, type Path, sight, stuckWith, tried } from './situations.ts';

const image = 'ghcr.io/acme/cart:2.41';
const stages = ['dns', 'tcp', 'proxy', 'tls', 'challenge', 'token', 'manifest', 'blob'] as const;
const path: fc.Arbitrary<Path> = fc.oneof(
	fc.constant('ok' as const),
	fc
		.tuple(
			fc.constantFrom('registry', 'token', 'redirect', 'blob'),
			fc.constantFrom(...stages),
			fc.constantFrom(...probeReasons),
		)
		.map((words) => words.join(' ') as Path),
);
const message = fc.oneof(
	fc.constantFrom(...cases.map(({ text }) => text)),
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.constant(''),
);
const names = fc.oneof(
	fc.constant(image),
	fc.string({ unit: 'binary', maxLength: 80 }),
	fc.constant('https://u:S3CRET@h/p?sig=S3CRET'),
);
const events = fc.array(
	fc
		.tuple(fc.constantFrom('Pulling', 'Failed', 'Pulled', 'BackOff'), message, fc.nat(1000))
		.map(([reason, text, ago]) => event(reason, text, ago)),
	{ maxLength: 6 },
);
const stuck = fc
	.record({
		image: names,
		state: fc.constantFrom(...failingStates, ...quietStates),
		message,
		events,
		pullSecrets: fc.array(fc.constantFrom('regcred', 'a;b', '$(x)'), { maxLength: 2 }),
		secretsRead: fc.boolean(),
		tries: fc.array(
			fc
				.tuple(path, fc.constantFrom('none', 'node', 'given'))
				.map(([found, login]) => tried(image, found, login, 'regcred')),
			{ maxLength: 2 },
		),
	})
	.map(stuckWith);
const paths = fc.dictionary(fc.constantFrom('ghcr.io', 'quay.io', 'docker.io'), path);

test('whatever is known, the answer is of the closed lists, bounded and harmless', () => {
	fc.assert(
		fc.property(fc.array(stuck, { maxLength: 4 }), paths, (all, regular) => {
			for (const explanation of explainStuck(all, sight(regular))) {
				const text = JSON.stringify(explanation);
				expect(text.length).toBeLessThan(20_000);
				expect(text).not.toContain('S3CRET');
				const shown = [explanation.image, explanation.summary, ...explanation.evidence.map((one) => one.text)];
				expect(shown.join('')).not.toMatch(/[\p{Cf}\p{Cs}\p{Cc}]/u);
			}
		}),
		{ numRuns: 300 },
	);
});

test('no command holds a word that a shell would read', () => {
	fc.assert(
		fc.property(stuck, paths, (one, regular) => {
			for (const { remedy } of explainStuck([one], sight(regular))) {
				const commands = remedy.split('\n').filter((line) => line.startsWith('kubectl '));
				expect(commands.join('')).not.toMatch(/[;$`&<>()]/);
			}
		}),
		{ numRuns: 200 },
	);
});

test('a cause is proved only by a fault that the probes meet, at its place', () => {
	fc.assert(
		fc.property(stuck, paths, (one, regular) => {
			const proved = explainStuck([one], sight(regular)).flatMap(({ explained, cause, reason, evidence }) => {
				if (explained === 'unknown' || reason === null || reason === 'invalid_reference') return [];
				const seen = evidence.some(({ source, text }) => source === explained && text.includes(reason));
				return [{ seen, fits: cause === 'node' || causes[reason].cause === cause }];
			});
			expect(proved).toEqual(proved.map(() => ({ seen: true, fits: true })));
		}),
		{ numRuns: 500 },
	);
});
