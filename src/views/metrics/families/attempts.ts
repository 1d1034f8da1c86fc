import { prefixed, targetLabelNames, targetLabels, type RegistryFamily } from '../family.ts';

const durationSeconds: RegistryFamily = {
	name: prefixed('duration_seconds'),
	type: 'gauge',
	help: 'How long the last attempt took.',
	labels: targetLabelNames,
	series: ({ states }) =>
		states.flatMap((state) => (state.latest ? { labels: targetLabels(state), value: state.latest.seconds } : [])),
};

const lastAttempt: RegistryFamily = {
	name: prefixed('last_attempt_timestamp_seconds'),
	type: 'gauge',
	help: 'When the last attempt ended.',
	labels: targetLabelNames,
	series: ({ states }) =>
		states.flatMap((state) =>
			state.lastAttemptAt === undefined ? [] : { labels: targetLabels(state), value: state.lastAttemptAt / 1000 },
		),
};

const lastSuccess: RegistryFamily = {
	name: prefixed('last_success_timestamp_seconds'),
	type: 'gauge',
	help: 'When the last attempt that succeeded ended.',
	labels: targetLabelNames,
	series: ({ states }) =>
		states.flatMap((state) =>
			state.lastSuccessAt === undefined ? [] : { labels: targetLabels(state), value: state.lastSuccessAt / 1000 },
		),
};

const attemptsTotal: RegistryFamily = {
	name: prefixed('attempts_total'),
	type: 'counter',
	help: 'Attempts that ended.',
	labels: targetLabelNames,
	series: ({ states }) => states.map((state) => ({ labels: targetLabels(state), value: state.attempts })),
};

const failuresTotal: RegistryFamily = {
	name: prefixed('failures_total'),
	type: 'counter',
	help: 'Attempts that failed, by the role and stage where they broke.',
	labels: [...targetLabelNames, 'role', 'stage'],
	series: ({ states }) =>
		states.flatMap((state) =>
			[...state.failures].map(([pair, value]) => {
				const [role = '', stage = ''] = pair.split(' ');
				return { labels: { ...targetLabels(state), role, stage }, value };
			}),
		),
};

const requestsTotal: RegistryFamily = {
	name: prefixed('requests_total'),
	type: 'counter',
	help: 'HTTP requests sent, by the role of the host that they were sent to.',
	labels: [...targetLabelNames, 'role', 'method'],
	series: ({ states }) =>
		states.flatMap((state) =>
			[...state.requests].map(([kind, value]) => {
				const [role = '', method = ''] = kind.split(' ');
				return { labels: { ...targetLabels(state), role, method }, value };
			}),
		),
};

/** When attempts were made, how long they took and how often they failed. */
export const attemptFamilies: readonly RegistryFamily[] = [
	durationSeconds,
	lastAttempt,
	lastSuccess,
	attemptsTotal,
	failuresTotal,
	requestsTotal,
];
