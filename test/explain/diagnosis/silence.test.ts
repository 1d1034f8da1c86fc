import { expect, test } from 'vitest';
import { explainStuck } from '../../../src/explain/diagnosis/explainStuck.ts';
import { event, explained, line, now, sight, stuckWith, tried, type Wish } from './situations.ts';

const image = 'ghcr.io/acme/cart:2.41';
const pulling = (ago: number) => event('Pulling', `Pulling image "${image}"`, ago);
const waiting = (wish: Wish) => stuckWith({ state: 'ContainerCreating', ...wish });
const lines = (...stuck: readonly Wish[]) =>
	explainStuck(stuck.map(waiting), sight()).map((one) => `${one.pod} ${line(one)}`);

const hanging = { name: 'hanging', tries: [tried(image, 'registry blob body_stalled')] };
const healthy = { name: 'healthy', image: 'quay.io/a/b:1', tries: [tried('quay.io/a/b:1', 'ok')] };

test('a layer that hangs is the fault of its own registry', () => {
	const told = explained({ ...hanging, state: 'ContainerCreating', events: [pulling(40)] });
	expect(line(told)).toBe('registry unknown body_stalled ghcr.io');
	expect(told.since).toBe(now - 40);
	expect(told.evidence[0]).toEqual({
		at: now - 40,
		source: 'kubelet',
		text: `Pulling image "${image}"; nothing since`,
	});
});

test('a healthy pull that began later waits for it, and names it', () => {
	const stuck = [waiting({ ...healthy, events: [pulling(70)] }), waiting({ ...hanging, events: [pulling(90)] })];
	const [first, second] = explainStuck(stuck, sight());
	expect(first?.pod).toBe('hanging');
	expect(second && line(second)).toBe('kubelet unknown pull_slots_blocked ghcr.io');
	expect(second?.summary).toContain(`${image} of shop/hanging hangs`);
	expect(second?.remedy).toContain('shop/hanging');
});

test('one that could not be probed waits for it too, and nothing is said of its own registry', () => {
	const stuck = [
		waiting({ ...healthy, tries: [], events: [pulling(70)] }),
		waiting({ ...hanging, events: [pulling(90)] }),
	];
	const victim = explainStuck(stuck, sight()).find(({ pod }) => pod === 'healthy');
	expect(victim?.reason).toBe('pull_slots_blocked');
	expect(victim?.summary).not.toContain('registry answers');
	expect(victim?.summary).not.toContain('So kubelet says');
});

test('of several that hang the oldest is the culprit', () => {
	const later = { name: 'later', image: 'ghcr.io/x/y:1', tries: [tried('ghcr.io/x/y:1', 'registry tcp tcp_timeout')] };
	const stuck = [
		waiting({ ...healthy, events: [pulling(70)] }),
		waiting({ ...later, events: [pulling(80)] }),
		waiting({ ...hanging, events: [pulling(100)] }),
	];
	const victim = explainStuck(stuck, sight()).find(({ pod }) => pod === 'healthy');
	expect(victim?.summary).toContain('shop/hanging hangs');
});

test.each([
	['that began before the one that hangs', { ...healthy, events: [pulling(100)] }],
	['that has not waited long', { ...healthy, events: [pulling(30)] }],
	['that has ended', { ...healthy, events: [pulling(70), event('Pulled', 'Successfully pulled', 60)] }],
	['that has not begun', { ...healthy, events: [] }],
])('a pull %s waits for nobody', (_title, wish) => {
	expect(lines(wish, { ...hanging, events: [pulling(90)] })).toEqual(['hanging registry unknown body_stalled ghcr.io']);
});

test('a pull that simply takes its time is no failure', () => {
	expect(lines({ ...healthy, events: [pulling(600)] })).toEqual([]);
});

test('what a registry says to a probe without the login of the pod is no failure', () => {
	const tries = [tried(image, 'registry challenge auth_required')];
	expect(lines({ name: 'private', pullSecrets: ['regcred'], tries, events: [pulling(600)] })).toEqual([]);
});

test('a try that follows a failure counts as begun', () => {
	const events = [event('Failed', 'Failed to pull image', 100), pulling(90)];
	expect(lines({ ...hanging, events }, { ...healthy, events: [pulling(70)] })).toHaveLength(2);
});

test('events of other containers say nothing', () => {
	expect(lines({ ...hanging, events: [{ ...pulling(40), container: 'other' }] })).toEqual([]);
});
