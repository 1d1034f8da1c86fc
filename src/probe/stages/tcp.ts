import type { Socket } from 'node:net';

import { dial, type AddressFact, type DialFacts, type Dialing } from '../dial/dial.ts';
import type { Measure, Stage } from '../stage.ts';

const families = ['ipv4', 'ipv6'] as const;
const states = ['reachable', 'unreachable'] as const;

/** How many addresses of each family that was tried did and did not answer. */
const countAddresses: Measure['samples'] = ({ facts }) => {
	const addresses = (facts as Partial<DialFacts> | undefined)?.addresses ?? [];
	return families.flatMap((family) => {
		const mine = addresses.filter((address: AddressFact) => address.family === family);
		if (mine.length === 0) return [];
		return states.map((state) => {
			return { labels: { family, state }, value: mine.filter((address) => address.state === state).length };
		});
	});
};

/** Addresses become a connection: all are asked at once, the one that Go would have used goes on. */
export const tcp: Stage<Dialing, Socket, DialFacts> = {
	name: 'tcp',
	measures: [
		{
			metric: 'addresses',
			help: 'How many of the resolved addresses of this host were reachable and unreachable.',
			labels: ['host', 'role', 'family', 'state'],
			samples: countAddresses,
		},
	],
	async run(input) {
		const { socket, facts, seconds } = await dial(input);
		return { value: socket, facts, seconds };
	},
};
