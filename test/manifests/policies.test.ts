import { expect, test } from 'vitest';

import { controller } from '../../src/cluster/event.ts';
import { conditionType } from '../../src/cluster/nodeCondition.ts';
import { pathPrefix } from '../../src/cluster/review.ts';
import { eventsOf } from '../../src/commands/explanationEvents.ts';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';
import { kustomizations, readYaml, resourceFiles } from './files.ts';

interface Policy {
	readonly kind: string;
	readonly metadata: { readonly name: string };
	readonly spec: {
		readonly failurePolicy: string;
		readonly matchConditions: readonly { readonly expression: string }[];
		readonly validations: readonly { readonly expression: string; readonly message: string }[];
	};
}

interface Binding {
	readonly kind: string;
	readonly spec: { readonly policyName: string; readonly validationActions: readonly string[] };
}

const objects = kustomizations.flatMap(resourceFiles).map((path) => readYaml(path));
const policies = (objects as Policy[]).filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
const bindings = (objects as Binding[]).filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
const expressionsOf = (component: string) => {
	const { spec } = readYaml(`components/${component}/policy.yaml`) as Policy;
	return spec.validations.map(({ expression }) => expression).join('\n');
};

test('every policy is bound, and refuses', () => {
	const names = policies.map(({ metadata }) => metadata.name);
	expect(names).toHaveLength(2);
	expect(bindings.map(({ spec }) => spec.policyName).toSorted()).toEqual(names.toSorted());
	for (const { spec } of bindings) expect(spec.validationActions).toEqual(['Deny']);
});

test.each(policies.map((policy) => [policy.metadata.name, policy] as const))(
	'%s is about the agents alone, and refuses what it cannot judge',
	(_name, { spec }) => {
		expect(spec.failurePolicy).toBe('Fail');
		expect(spec.matchConditions.map(({ expression }) => expression)).toEqual([
			"request.userInfo.username == 'system:serviceaccount:registry-probe:registry-probe'",
		]);
	},
);

test('the condition that may be changed is the one that is written', () => {
	expect(expressionsOf('node-condition')).toContain(`c.type != '${conditionType}'`);
});

test('the Events that may be written are those that are', () => {
	const explanation = { cause: 'node', reason: 'tcp_timeout', summary: '', remedy: '' } as PodExplanation;
	const reasons = new Set(eventsOf([explanation], 'node-a').map(({ reason }) => `'${reason}'`));
	expect(expressionsOf('events')).toContain(`object.reason in [${[...reasons].join(', ')}]`);
	expect(expressionsOf('events')).toContain(`object.reportingController == '${controller}'`);
});

test('the role of readers is for the paths that are asked about', () => {
	expect(readYaml('components/authentication/reader.yaml')).toMatchObject({
		rules: [{ nonResourceURLs: [`${pathPrefix}/*`], verbs: ['get'] }],
	});
});
