import type { Measure } from '../stage.ts';

/** Every stage that speaks HTTP can see the other side's clock. */
export const clockSkew: Measure = {
	metric: 'clock_skew_seconds',
	help: 'Date header of this host minus the clock of the node.',
	labels: ['host', 'role'],
	samples({ facts }) {
		const value = facts?.['clockSkewSeconds'];
		return typeof value === 'number' ? [{ labels: {}, value }] : [];
	},
};
