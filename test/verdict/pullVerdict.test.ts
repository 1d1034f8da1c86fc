import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StageRecord } from '../../src/probe/observation.ts';
import { pullVerdicts, type Walked } from '../../src/verdict/pullVerdict.ts';
import { aTarget, anAttempt, broke, passed } from '../store/literals.ts';

const green = [passed('registry dns'), passed('registry manifest')];
const refused = [passed('registry dns'), broke('registry tcp', 'tcp_refused')];

/** One host of docker.io, with what its last attempt found. */
function host(name: string, records?: readonly StageRecord[]): Walked {
	const target = aTarget({ host: name });
	return records ? { target, latest: anAttempt(target, records) } : { target };
}

const image = 'docker.io/library/hello-world:latest';

test('one host that works serves the pull', () => {
	expect(pullVerdicts([host('upstream', green)])).toEqual([
		{ registry: 'docker.io', image, success: true, via: 'upstream' },
	]);
});

test('one host that fails is to blame, at its first failing record', () => {
	const records = [broke('token tcp', 'tcp_timeout'), broke('registry manifest', 'auth_required')];
	expect(pullVerdicts([host('upstream', records)])).toEqual([
		{
			registry: 'docker.io',
			image,
			success: false,
			blame: { host: 'upstream', role: 'token', stage: 'tcp', reason: 'tcp_timeout' },
		},
	]);
});

test('a dead mirror before a host that works leaves the pull green', () => {
	expect(pullVerdicts([host('mirror', refused), host('upstream', green)])).toMatchObject([
		{ success: true, via: 'upstream' },
	]);
});

test('the first host that works is the one that serves', () => {
	expect(pullVerdicts([host('mirror', green), host('upstream', refused)])).toMatchObject([{ via: 'mirror' }]);
});

test('when all fail, the last one asked decides', () => {
	const denied = [broke('registry manifest', 'auth_denied')];
	expect(pullVerdicts([host('mirror', refused), host('upstream', denied)])).toMatchObject([
		{ success: false, blame: { host: 'upstream', reason: 'auth_denied' } },
	]);
});

test('a mirror that serves a page as the manifest ends the pull', () => {
	const page = [broke('registry manifest', 'http_intercepted', { status: 200 })];
	expect(pullVerdicts([host('mirror', page), host('upstream', green)])).toMatchObject([
		{ success: false, blame: { host: 'mirror', reason: 'http_intercepted' } },
	]);
});

test('a mirror that answers with an error page is passed over', () => {
	const page = [broke('registry manifest', 'http_intercepted', { status: 404 })];
	expect(pullVerdicts([host('mirror', page), host('upstream', green)])).toMatchObject([{ success: true }]);
});

test('nothing is said about a registry that was not tried', () => {
	expect(pullVerdicts([host('mirror'), host('upstream')])).toEqual([]);
});

test('nothing is called failed while a host was not tried', () => {
	expect(pullVerdicts([host('mirror', refused), host('upstream')])).toEqual([]);
	expect(pullVerdicts([host('mirror'), host('upstream', refused)])).toEqual([]);
});

test('a host that works is enough, though one before it was not tried', () => {
	expect(pullVerdicts([host('mirror'), host('upstream', green)])).toMatchObject([{ success: true, via: 'upstream' }]);
});

test('each registry is judged on its own', () => {
	const quay = aTarget({ registry: 'quay.io', host: 'quay.io' });
	expect(pullVerdicts([host('upstream', refused), { target: quay, latest: anAttempt(quay, green) }])).toMatchObject([
		{ registry: 'docker.io', success: false },
		{ registry: 'quay.io', success: true },
	]);
});

test('whatever the hosts found, a verdict names either the host that serves or the one to blame', () => {
	const hosts = fc.array(fc.constantFrom(green, refused, undefined), { maxLength: 6 });
	fc.assert(
		fc.property(hosts, (found) => {
			const walked = found.map((records, index) => host(`host-${index}`, records));
			for (const { success, via, blame } of pullVerdicts(walked)) {
				expect(success).toBe(found.includes(green));
				expect(via === undefined).toBe(!success);
				expect(blame === undefined).toBe(success);
			}
		}),
	);
});
