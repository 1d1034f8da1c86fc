import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { elsewhereOf } from '../../src/verdict/fleet/elsewhere.ts';
import type { Fleet } from '../../src/verdict/fleet/fleet.ts';
import { fleetVerdicts } from '../../src/verdict/fleet/fleetVerdicts.ts';
import type { NodeReport } from '../../src/verdict/fleet/nodeReport.ts';
import { clusterDocument } from '../../src/views/clusterJson.ts';
import { explainPodDocument } from '../../src/views/podJson.ts';
import { aNode, timeout } from '../verdict/fleet/reports.ts';

const schema = (name: string) => JSON.parse(readFileSync(`docs/${name}.schema.json`, 'utf8')) as object;
const rfc3339 = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);
const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { 'date-time': rfc3339 } });
ajv.addSchema(schema('pods'), 'pods.schema.json');

/** What the schema has against a document, after it went through JSON. */
function complaints(name: string, document: unknown): unknown {
	const validate = ajv.compile(schema(name));
	validate(JSON.parse(JSON.stringify(document)));
	return validate.errors ?? [];
}

const quota = { registry: 'ghcr.io', success: true, source: '192.0.2.1', quota: { remaining: 1, limit: 100 } };
const mirror = {
	registry: 'docker.io',
	host: 'mirror.corp',
	success: false,
	fault: { ...timeout, host: 'mirror.corp' },
};
const odd: NodeReport = { ...aNode('odd', { zone: 'a', fault: timeout }), mirrors: [mirror] };
const low: NodeReport = { node: 'low', pulls: [{ ...quota, delaySeconds: 5 }], mirrors: [mirror] };
const reports = [odd, low, aNode('n1', { zone: 'b' }), aNode('n2', { zone: 'b' })];
const fleet: Fleet = {
	askedAt: 0,
	source: 'agents',
	reports,
	verdicts: fleetVerdicts(reports),
	silent: [{ node: 'n3', namespace: 'registry-probe', pod: 'agent', why: 'timeout', detail: 'no answer in time' }],
	unwatched: ['n4'],
	gaps: ['Something is not known.'],
};

test('a cluster keeps to its schema', () => {
	expect(fleet.verdicts.map(({ kind }) => kind)).toEqual(['pull', 'quota', 'mirror']);
	expect(complaints('cluster', clusterDocument(fleet))).toEqual([]);
	expect(complaints('cluster', { ...clusterDocument(fleet), more: 1 })).not.toEqual([]);
});

test('an explained pod keeps to its schema', () => {
	const explanation = {
		namespace: 'shop',
		pod: 'cart',
		uid: 'u',
		container: 'web',
		image: 'docker.io/acme/cart:1',
		registry: 'docker.io',
		state: 'ErrImagePull',
		cause: 'node',
		explained: 'unknown',
		reason: 'tcp_timeout',
		summary: 'Nothing comes back.',
		evidence: [],
		changed: [],
		remedy: 'Look.',
	} as const;
	const document = explainPodDocument({
		namespace: 'shop',
		pod: 'cart',
		node: 'odd',
		agent: { state: 'silent', detail: 'no answer in time' },
		explanations: [explanation],
		elsewhere: [elsewhereOf('docker.io', 'odd', reports)],
		pulling: [{ container: 'web', since: 1 }],
		gaps: [],
		now: 0,
	});
	expect(complaints('explain-pod', document)).toEqual([]);
	expect(document).not.toHaveProperty('now');
});
