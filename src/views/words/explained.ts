import { STATUS_CODES } from 'node:http';
import type { Target } from '../../plan/target.ts';
import type { Observation } from '../../probe/observation.ts';
import { explain } from '../../reasons/explain.ts';
import type { Explanation } from '../../reasons/explanation.ts';
import type { Values } from '../../reasons/placeholder.ts';
import { formatReference } from '../../registry/reference.ts';
import { numberOf, rowsOf, textOf, textsOf } from './facts.ts';
import { nameserversIn } from './nameservers.ts';
import type { FailureRecord } from './path.ts';

/** What a failure means, what the pods see, what to do and how to confirm it: plain text. What came from outside is still to be made printable. */
export function explainFailure(target: Target, observation: Observation, failure: FailureRecord): Explanation {
	return explain(failure.reason, valuesOf(target, observation, failure));
}

/** Where the runbook speaks of a reason. */
export function runbookAnchor(reason: string): string {
	return `docs/runbook.md#${reason}`;
}

function valuesOf(target: Target, observation: Observation, failure: FailureRecord): Values {
	const { image } = target;
	const { role, stage, peer } = failure;
	const reference = image.digest ?? image.tag;
	const address = addressOf(observation, failure);
	const proxy = textOf(failure.facts, 'proxy') ?? (target.proxy && proxyText(target.proxy));
	const nameserver = nameserversIn(failure.facts).find(({ state }) => state !== 'answers')?.server;
	const digest = textOf(failure.facts, 'digest') ?? target.blob?.digest;
	const status = numberOf(failure.facts, 'status');
	return {
		registry: target.registry,
		image: formatReference(image),
		repository: image.repository,
		role,
		stage,
		peer,
		host: target.host,
		scheme: schemeOf(target, observation, failure),
		...(reference !== undefined && { reference }),
		...(address !== undefined && { address }),
		...(proxy !== undefined && { proxy }),
		...(nameserver !== undefined && { nameserver }),
		...(digest !== undefined && { digest }),
		...(status !== undefined && { answer: `${status} ${STATUS_CODES[status] ?? ''}`.trim() }),
	};
}

function proxyText({ scheme, hostname, port }: NonNullable<Target['proxy']>): string {
	return `${scheme}://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}

/** The address that was dialled for the host that failed, as its own records tell. */
function addressOf({ records }: Observation, { role, peer }: FailureRecord): string | undefined {
	const said = records.filter((record) => record.role === role && record.peer === peer);
	return said.map(({ facts }) => textOf(facts, 'used') ?? firstDialled(facts)).find((address) => address !== undefined);
}

function firstDialled(facts: FailureRecord['facts']): string | undefined {
	const [first] = rowsOf(facts, 'addresses');
	return textOf(first, 'address') ?? textsOf(facts, 'addresses')[0];
}

function schemeOf({ endpoint }: Target, { records }: Observation, { role, peer }: FailureRecord): 'http' | 'https' {
	if (role === 'registry') return endpoint.scheme;
	return records.some((record) => record.peer === peer && record.stage === 'tls') ? 'https' : endpoint.scheme;
}
