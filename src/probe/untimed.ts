import type { AddressFact } from './dial/dial.ts';
import type { Facts, Observation, StageRecord } from './observation.ts';
import type { NameserverFact } from './resolve/panel.ts';

/** The facts that are times or speeds as this process saw them. */
interface Timed {
	readonly addresses?: readonly (AddressFact | string)[];
	readonly nameservers?: readonly NameserverFact[];
	readonly bytesPerSecond?: number;
}

/** What an attempt found, without the durations of its stages: those of an agent that lagged say nothing about a target. */
export function untimed(observation: Observation): Observation {
	return { ...observation, records: observation.records.map(withoutTimes) };
}

function withoutTimes(record: StageRecord): StageRecord {
	const { facts } = record;
	return withoutSeconds(facts ? { ...record, facts: factsWithoutTimes(facts) } : record);
}

function factsWithoutTimes(facts: Facts & Timed): Facts {
	const { bytesPerSecond: _speed, ...others } = facts;
	const { addresses, nameservers } = facts;
	return {
		...others,
		...(addresses && { addresses: addresses.map((one) => (typeof one === 'string' ? one : withoutSeconds(one))) }),
		...(nameservers && { nameservers: nameservers.map(withoutSeconds) }),
	};
}

function withoutSeconds<Told extends { readonly seconds?: number }>(told: Told): Told {
	const { seconds: _seconds, ...others } = told;
	return others as Told;
}
