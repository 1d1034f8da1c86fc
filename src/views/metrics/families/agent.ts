import { prefixed, type AgentFamily } from '../family.ts';

/** The agent about itself. `version` is the program's. */
export function agentFamilies(version: string): readonly AgentFamily[] {
	return [
		buildInfo(version),
		reloadSuccessful,
		reloadTimestamp,
		scheduleLag,
		attemptsRepeated,
		nodeConfigFault,
		providerDuration,
		providerFailures,
	];
}

function buildInfo(version: string): AgentFamily {
	return {
		name: prefixed('build_info'),
		type: 'gauge',
		help: 'The version of the agent and of the Node.js that runs it.',
		labels: ['version', 'nodejs'],
		series: () => [{ labels: { version, nodejs: process.version }, value: 1 }],
	};
}

const reloadSuccessful: AgentFamily = {
	name: prefixed('config_last_reload_successful'),
	type: 'gauge',
	help: 'Whether the configuration could be used when it was last read; otherwise the one before it is running.',
	labels: [],
	series: ({ configuration }) => (configuration ? [{ labels: {}, value: Number(configuration.successful) }] : []),
};

const reloadTimestamp: AgentFamily = {
	name: prefixed('config_last_reload_timestamp_seconds'),
	type: 'gauge',
	help: 'When the configuration was last read.',
	labels: [],
	series: ({ configuration }) => (configuration ? [{ labels: {}, value: configuration.at / 1000 }] : []),
};

const scheduleLag: AgentFamily = {
	name: prefixed('schedule_lag_seconds'),
	type: 'gauge',
	help: 'How late the agent last was to begin an attempt.',
	labels: [],
	series: (agent) => [{ labels: {}, value: agent.scheduleLagSeconds }],
};

const attemptsRepeated: AgentFamily = {
	name: prefixed('attempts_repeated_total'),
	type: 'counter',
	help: 'Attempts that were repeated instead of recorded because the agent itself stood still or lagged.',
	labels: ['cause'],
	series: (agent) => Object.entries(agent.repeats).map(([cause, value]) => ({ labels: { cause }, value })),
};

const providerDuration: AgentFamily = {
	name: prefixed('credential_provider_duration_seconds'),
	type: 'gauge',
	help: 'How long the last run of a credential provider of the kubelet took.',
	labels: ['provider'],
	series: ({ providers = new Map() }) =>
		[...providers].map(([provider, { seconds }]) => ({ labels: { provider }, value: seconds })),
};

const providerFailures: AgentFamily = {
	name: prefixed('credential_provider_failures_total'),
	type: 'counter',
	help: 'Runs of a credential provider of the kubelet that gave no answer.',
	labels: ['provider'],
	series: ({ providers = new Map() }) =>
		[...providers].map(([provider, { failures }]) => ({ labels: { provider }, value: failures })),
};

/** As many files as a node can sensibly have wrong. */
const mostFaults = 50;

const nodeConfigFault: AgentFamily = {
	name: prefixed('node_config_fault'),
	type: 'gauge',
	help: "Present for a file of the node's own pull configuration that says something its runtime would ignore or refuse.",
	labels: ['source', 'fault'],
	series({ nodeFaults }) {
		const pairs = new Map(nodeFaults.map(({ file, fault }) => [`${fault} ${file}`, { source: file, fault }]));
		return [...pairs.values()].slice(0, mostFaults).map((labels) => ({ labels, value: 1 }));
	},
};
