import { prefixed, type AgentFamily } from '../family.ts';

const imagePullFailing: AgentFamily = {
	name: prefixed('image_pull_failing'),
	type: 'gauge',
	help: 'Pods of this node whose image does not come, by the cause and what that rests on.',
	labels: ['registry', 'cause', 'explained'],
	series: ({ failingPulls = [] }) =>
		failingPulls.map(({ registry, cause, explained, pods }) => ({
			labels: { registry, cause, explained },
			value: pods,
		})),
};

const messagesNotUnderstood: AgentFamily = {
	name: prefixed('messages_not_understood_total'),
	type: 'counter',
	help: 'Messages of the kubelet about a failed pull that were not understood.',
	labels: [],
	series: ({ failingPulls, strangeMessages = 0 }) => (failingPulls ? [{ labels: {}, value: strangeMessages }] : []),
};

/** The pods of this node whose images do not come. */
export const podFamilies: readonly AgentFamily[] = [imagePullFailing, messagesNotUnderstood];
