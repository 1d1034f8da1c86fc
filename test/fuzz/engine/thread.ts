import { parentPort, workerData } from 'node:worker_threads';

import { targetNamed } from '../targets.ts';
import { attempt, faultOf, type Finding } from './attempt.ts';
import { Campaign } from './campaign.ts';
import { Coverage } from './coverage.ts';
import { minimise } from './minimise.ts';
import { present, type ThreadData, type Told } from './present.ts';

const { target: name, wish, present: memory } = workerData as ThreadData;
// What is loaded before is counted by whole functions only.
using coverage = new Coverage();
const target = await targetNamed(name);
const tell = (message: Told) => parentPort?.postMessage(message);

/** The same fault in fewer bytes. */
async function smallest(finding: Finding): Promise<Finding> {
	if (finding.kind !== 'error') return finding;
	const input = await minimise(finding.input, async (smaller) => {
		present(memory, smaller);
		const other = (await attempt(target, smaller)).finding;
		return other !== undefined && faultOf(other) === faultOf(finding);
	});
	return { ...finding, input };
}

const corpus = wish.corpus.map((input) => Buffer.from(input));
const campaign = new Campaign(
	target,
	coverage,
	{ ...wish, corpus },
	{
		onInput: (input) => present(memory, input),
		onKept: (input) => tell({ is: 'kept', input }),
		onFinding: async (finding) => tell({ is: 'finding', finding: await smallest(finding) }),
	},
);
tell({ is: 'outcome', ...(await campaign.run()) });
