import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { probeReasons } from '../../src/reasons/reason.ts';
import { pullVerdicts } from '../../src/verdict/pullVerdict.ts';
import { observationsDocument } from '../../src/views/json.ts';
import { aTarget, anAttempt, broke, passed } from '../store/literals.ts';

const ajv = new Ajv2020({
	strict: true,
	allErrors: true,
	formats: { 'date-time': rfc3339, uri: (text) => URL.canParse(text) },
});
const schema: unknown = JSON.parse(readFileSync('docs/observations.schema.json', 'utf8'));

function rfc3339(text: string): boolean {
	return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
}

/** What the schema has against a document, after it went through JSON. */
function complaints(document: unknown): unknown {
	const validate = ajv.compile(schema as object);
	validate(JSON.parse(JSON.stringify(document)));
	return validate.errors ?? [];
}

const hub = aTarget();
const mirror = aTarget({ host: 'mirror.example' });
const { seconds: _, ...untimed } = passed('registry manifest', { status: 200 });
const green = anAttempt(hub, [passed('registry dns', { addresses: ['192.0.2.1'] }), untimed]);
const red = anAttempt(mirror, [passed('registry dns'), broke('token tcp', 'tcp_timeout')], {
	requests: [{ role: 'registry', method: 'HEAD' }],
	asks: { quotaLeft: 0.5 },
});

test('a document of hosts that work and hosts that fail keeps to its schema', () => {
	const pulls = [...pullVerdicts([{ target: hub, latest: green }]), ...pullVerdicts([{ target: mirror, latest: red }])];
	const document = observationsDocument({ node: 'n1', pulls, observations: [green, red] });
	expect(complaints(document)).toEqual([]);
	expect(document).toEqual({
		version: 1,
		node: 'n1',
		pulls: [
			{ registry: 'docker.io', image: green.image, success: true, via: hub.host },
			{
				registry: 'docker.io',
				image: green.image,
				success: false,
				blame: { host: 'mirror.example', role: 'token', stage: 'tcp', reason: 'tcp_timeout' },
			},
		],
		observations: [
			{ ...shown(green), startedAt: '1970-01-01T00:00:00.000Z' },
			{ ...shown(red), startedAt: '1970-01-01T00:00:00.000Z' },
		],
	});
});

function shown({ registry, host, image, seconds, success, records }: typeof green) {
	return { registry, host, image, seconds, success, records };
}

test('a document of nothing keeps to its schema', () => {
	expect(complaints(observationsDocument({ node: 'n1', pulls: [], observations: [] }))).toEqual([]);
});

test('a field that the schema does not name is not shown', () => {
	const planted = { ...green, login: 'hunter2', records: [{ ...passed('registry dns'), socket: 'hunter2' }] };
	const document = observationsDocument({ node: 'n1', pulls: [], observations: [planted] });
	expect(JSON.stringify(document)).not.toContain('hunter2');
});

test('the schema refuses a failure without a reason, and a success with one', () => {
	const { reason: _reason, ...unexplained } = { ...broke('token tcp', 'tcp_timeout'), reason: undefined };
	const explained = { ...passed('token tcp'), reason: 'tcp_timeout' };
	for (const record of [unexplained, explained]) {
		const document = observationsDocument({ node: 'n1', pulls: [], observations: [green] });
		const changed = { ...document, observations: [{ ...document.observations[0], records: [record] }] };
		expect(complaints(changed)).not.toEqual([]);
	}
});

test('the schema knows the reasons that the code knows', () => {
	expect(schema).toMatchObject({ $defs: { reason: { enum: [...probeReasons] } } });
});

test('the schema of the plan is a schema', () => {
	const plan: unknown = JSON.parse(readFileSync('docs/plan.schema.json', 'utf8'));
	expect(() => ajv.compile(plan as object)).not.toThrow();
});
