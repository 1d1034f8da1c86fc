import { readPods } from '../../../src/explain/readPods.ts';
import { parseJson } from '../../../src/registry/json.ts';
import { renderPod } from '../../../src/views/terminal/podReport.ts';
import { aPod } from '../../views/podExplanations.ts';
import { magnitude, must, mustPrintLines } from '../contract.ts';
import type { Target } from '../target.ts';

const now = Date.UTC(2026, 10, 21);
const styles = [80, 20].map((columns) => ({ columns, colour: false, unicode: true, verbose: true }));

/** What an agent on another node explains, as a person is shown it. */
function check(input: Buffer): readonly string[] {
	const read = readPods(parseJson(input.toString()));
	if (!read) return ['no document'];
	must(read.pods.length <= 1000, 'more pods than are read');
	const report = {
		namespace: 'n',
		pod: 'p',
		agent: { state: 'answered' },
		explanations: read.pods.slice(0, 5),
		elsewhere: [],
		pulling: [],
		gaps: [],
		now,
	} as const;
	for (const style of styles) mustPrintLines(renderPod(report, style), 4_000_000);
	const [first] = read.pods;
	return [
		`${magnitude(read.pods.length)} ${magnitude(first?.evidence.length ?? 0)} ${magnitude(first?.changed.length ?? 0)} ${first?.reason === null} ${Object.keys(first ?? {}).length}`,
	];
}

const pod = aPod();

export const target: Target = {
	name: 'podsDocument',
	source: 'src/explain/readPods.ts; src/views/terminal/podReport.ts',
	writer: 'an agent on another node',
	shape: 'json',
	most: 256 * 1024,
	seeds: [
		JSON.stringify({
			version: 1,
			pods: [{ ...pod, cause: 'constructor', reason: 'toString', evidence: [{ source: 'toString', text: 'x' }] }],
		}),
		JSON.stringify({ version: 1, node: 'n', syncedAt: 1, pods: [pod] }),
		JSON.stringify({ version: 1, pods: [{ ...pod, reason: null, cause: 'unknown', evidence: [], changed: [] }] }),
	],
	words: [
		'version',
		'pods',
		'evidence',
		'changed',
		'text',
		'at',
		'source',
		'since',
		'tries',
		'reason',
		'role',
		'stage',
		'host',
		'cause',
		'explained',
		'pullSecrets',
		'summary',
		'remedy',
		'kubectl get pods',
		'\n',
		'unknown',
		'ContainerCreating',
		'registry',
		'https://a/?sig=x',
	],
	check,
};
