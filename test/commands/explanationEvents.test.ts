import { expect, test } from 'vitest';

import { eventsOf } from '../../src/commands/explanationEvents.ts';
import type { PodExplanation } from '../../src/explain/podExplanation.ts';

const explained = (change: Partial<PodExplanation> = {}): PodExplanation => ({
	namespace: 'team',
	pod: 'app-1',
	uid: 'uid-1',
	container: 'app',
	image: 'registry.example/app:1',
	registry: 'registry.example',
	state: 'ImagePullBackOff',
	cause: 'image',
	explained: 'image',
	reason: 'manifest_not_found',
	summary: 'The tag 1 is not there.',
	evidence: [],
	changed: [],
	remedy: 'Push the tag, or name another one.\nkubectl set image …',
	...change,
});

test('an Event on the pod says the cause and the first line of the remedy', () => {
	expect(eventsOf([explained()], 'node-a')).toEqual([
		{
			regarding: { kind: 'Pod', namespace: 'team', name: 'app-1', uid: 'uid-1' },
			reason: 'ImagePullExplained',
			about: 'image manifest_not_found',
			note: 'The tag 1 is not there. Push the tag, or name another one.',
		},
	]);
});

test('containers of a pod that wait for the same reason have one Event, the first', () => {
	const second = explained({ container: 'other', summary: 'The tag 2 is not there.' });
	const events = eventsOf([explained(), second], 'node-a');
	expect(events.map(({ note }) => note)).toEqual([expect.stringContaining('The tag 1')]);
});

test('another cause in the same pod has its own', () => {
	const second = explained({ container: 'other', cause: 'credentials', reason: 'auth_required' });
	expect(eventsOf([explained(), second], 'node-a')).toHaveLength(2);
});

test('a fault of the node is told on the node too, once for all pods', () => {
	const broken = { cause: 'node', reason: 'tcp_timeout', host: 'registry.example', summary: 'No way.' } as const;
	const events = eventsOf([explained(broken), explained({ ...broken, pod: 'app-2', uid: 'uid-2' })], 'node-a');
	expect(events.map(({ regarding, reason }) => `${regarding.kind} ${regarding.name} ${reason}`)).toEqual([
		'Pod app-1 ImagePullExplained',
		'Pod app-2 ImagePullExplained',
		'Node node-a RegistryUnreachable',
	]);
});

test('what nothing explains is no Event', () => {
	expect(eventsOf([explained({ cause: 'unknown', explained: 'unknown', reason: null })], 'node-a')).toEqual([]);
});
