import type { Deadline } from '../deadline.ts';
import type { Family } from '../resolve/message.ts';
import type { NameserverFact } from '../resolve/panel.ts';
import { resolve, type ResolveFacts, type Resolving } from '../resolve/resolve.ts';
import type { Measure, Sample, Stage } from '../stage.ts';

type Input = Omit<Resolving, 'time'> & { readonly time: Deadline };

function perNameserver(value: (fact: NameserverFact) => number | undefined): Measure['samples'] {
	return ({ facts }) => {
		const nameservers = (facts as Partial<ResolveFacts> | undefined)?.nameservers ?? [];
		return nameservers.flatMap((fact): Sample[] => {
			const found = value(fact);
			const family: Family = fact.family;
			return found === undefined ? [] : [{ labels: { nameserver: fact.server, family }, value: found }];
		});
	};
}

/** A name becomes addresses, as Go's resolver would find them on this node. */
export const dns: Stage<Input, readonly string[], ResolveFacts> = {
	name: 'dns',
	measures: [
		{
			metric: 'dns_nameserver_success',
			help: 'Whether this nameserver of the node resolved the registry, asked on its own; no record of one family is a success.',
			labels: ['nameserver', 'family'],
			samples: perNameserver(({ success }) => Number(success)),
		},
		{
			metric: 'dns_nameserver_duration_seconds',
			help: 'How long this nameserver of the node took to answer; absent when it was silent.',
			labels: ['nameserver', 'family'],
			samples: perNameserver(({ seconds }) => seconds),
		},
	],
	async run(input) {
		const facts = await resolve(input);
		return { value: facts.addresses, facts };
	},
};
