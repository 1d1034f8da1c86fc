import { expect, test } from 'vitest';
import { type AgentPod, oneForEachNode, readAgentPod } from '../../../src/cluster/remote/agentPods.ts';

const running = { name: 'agent', state: { running: { startedAt: '2026-11-21T10:00:00Z' } } };
const pod = {
	metadata: { name: 'registry-probe-x', namespace: 'registry-probe', creationTimestamp: '2026-11-21T10:00:00Z' },
	spec: { nodeName: 'n1', hostNetwork: true, containers: [{ ports: [{ name: 'metrics', containerPort: 9918 }] }] },
	status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [running] },
};
const agent: AgentPod = {
	namespace: 'registry-probe',
	pod: 'registry-probe-x',
	node: 'n1',
	port: 9918,
	secure: false,
	hostNetwork: true,
	running: true,
	ready: true,
	state: '',
	createdAt: Date.parse('2026-11-21T10:00:00Z'),
};

test('a pod of an agent is read with the port that it names', () => {
	expect(readAgentPod(pod)).toEqual(agent);
});

test('one that listens with TLS tells the kubelet so', () => {
	const [container] = pod.spec.containers;
	const spec = { ...pod.spec, containers: [{ ...container, readinessProbe: { httpGet: { scheme: 'HTTPS' } } }] };
	expect(readAgentPod({ ...pod, spec })).toEqual({ ...agent, secure: true });
});

test('one that does not run says why', () => {
	const waiting = { name: 'agent', state: { waiting: { reason: 'ImagePullBackOff' } } };
	const status = { phase: 'Pending', containerStatuses: [waiting] };
	expect(readAgentPod({ ...pod, status })).toMatchObject({ running: false, ready: false, state: 'ImagePullBackOff' });
	expect(readAgentPod({ ...pod, status: { phase: 'Pending' } })).toMatchObject({ running: false, state: 'Pending' });
});

test.each([
	['no object', 7],
	['on no node', { ...pod, spec: { containers: [] } }],
	['on its way out', { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-21T10:00:00Z' } }],
	['ended', { ...pod, status: { phase: 'Failed' } }],
])('one that is %s is none', (_, value) => {
	expect(readAgentPod(value)).toBeUndefined();
});

test('of several on a node the one on its own network counts, then one that is ready, then the newest', () => {
	const twin = { ...agent, pod: 'twin', hostNetwork: false };
	const old = { ...agent, pod: 'old', createdAt: 1 };
	const unready = { ...agent, pod: 'unready', ready: false, createdAt: 9e12 };
	expect(oneForEachNode([twin, old, unready, agent])).toEqual([agent]);
	expect(oneForEachNode([{ ...agent, node: 'n2' }, agent]).map(({ node }) => node)).toEqual(['n1', 'n2']);
	expect(oneForEachNode([twin])).toEqual([twin]);
});
