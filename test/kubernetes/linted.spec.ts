import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { build } from './kubectl.ts';
import { linterPatience, makeLinter } from './linters.ts';
import { titleOf, type Variant, variants } from './variants.ts';

/** Something that is as it is for a reason. */
interface Reason {
	readonly why: string;
	/** The components that bring it; absent: the base. */
	readonly by?: readonly string[];
}

const root: Reason = {
	why: 'what only root may read on a node takes root',
	by: ['components/node-credentials', 'components/runtime-process'],
};

const storage: Reason = {
	why: 'a node that does not tell its storage takes no pod that asks for some; what is kept is bounded by its volume',
};

/** What kube-score would have otherwise (https://github.com/zegl/kube-score/blob/master/README_CHECKS.md). */
const accepted: Readonly<Record<string, Reason>> = {
	'CPU limit is not set': { why: 'an agent that is stopped in a handshake measures its own limit' },
	'The pod does not have a matching NetworkPolicy': {
		why: 'none reaches the network of the node, and the twin has to meet what pods meet',
	},
	'ImagePullPolicy is not set to Always': { why: 'an agent has to start where no registry answers' },
	'Ephemeral Storage limit is not set': storage,
	'Ephemeral Storage request is not set': storage,
	'The container is running with a low user ID': root,
	'The container running with a low group ID': root,
};

function isAccepted(fault: string, { components }: Variant): boolean {
	const reason = Object.hasOwn(accepted, fault) ? accepted[fault] : undefined;
	return reason !== undefined && (!reason.by || reason.by.some((name) => components.includes(name)));
}

interface Scored {
	readonly object_name: string;
	readonly checks: readonly {
		readonly grade: number;
		readonly skipped: boolean;
		readonly comments: readonly { readonly summary: string }[] | null;
	}[];
}

/** Grades below this are warnings and worse. */
const good = 10;

/** The linter has rules for pods and what leads to them, none for the rights that pull-secrets is made of. */
const linted = variants.filter(({ directory }) => directory !== 'pull-secrets');

let linter: string;
const access = inject('access');
const met = new Set<string>();

beforeAll(() => {
	linter = makeLinter('kube-score');
}, linterPatience);

/** What the linter finds wrong with these objects; its exit code says the same. */
function faultsIn(yaml: string): readonly (readonly [object: string, fault: string])[] {
	const { stdout } = spawnSync(linter, ['score', '--output-format', 'json', '-'], { input: yaml, encoding: 'utf8' });
	const scored = JSON.parse(stdout) as readonly Scored[];
	expect(scored.length).toBeGreaterThan(0);
	return scored.flatMap(({ object_name: object, checks }) =>
		checks
			.filter(({ grade, skipped }) => !skipped && grade < good)
			.flatMap(({ comments }) => (comments ?? []).map(({ summary }) => [object, summary] as const)),
	);
}

describe('a linter of policies', () => {
	test.each(linted.map((variant) => [titleOf(variant), variant] as const))(
		'finds nothing in %s',
		async (_, variant) => {
			const faults = faultsIn(await build(access, variant.directory, variant.components));
			for (const [, fault] of faults) met.add(fault);
			expect(faults.filter(([, fault]) => !isAccepted(fault, variant))).toEqual([]);
		},
	);

	test('finds each thing that is as it is for a reason', () => {
		expect([...met].toSorted()).toEqual(Object.keys(accepted).toSorted());
	});
});
