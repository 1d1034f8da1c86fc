import { describe, expect, test } from 'vitest';

import type { Runtime } from '../../src/plan/pullHost.ts';
import type { Target } from '../../src/plan/target.ts';
import type { StageRecord } from '../../src/probe/observation.ts';
import { pullVerdicts, type Walked } from '../../src/verdict/pullVerdict.ts';
import { aTarget, anAttempt, broke, passed } from '../store/literals.ts';

const containerd = (version: string): Runtime => ({ name: 'containerd', version });
const crio: Runtime = { name: 'cri-o', version: '1.37.0' };

const green = [passed('registry dns'), passed('registry manifest'), passed('registry blob')];
const refused = [passed('registry dns'), broke('registry tcp', 'tcp_refused')];
const layerFails = [passed('registry manifest'), broke('registry blob', 'http_server_error')];
const headHangs = [passed('registry tcp'), broke('registry challenge', 'http_timeout')];

function host(name: string, records?: readonly StageRecord[], change: Partial<Target> = {}): Walked {
	const target = aTarget({ host: name, ...change });
	return records ? { target, latest: anAttempt(target, records) } : { target };
}

const judged = (walked: readonly Walked[], runtime?: Runtime) => pullVerdicts(walked, runtime)[0];

describe('a registry whose quota is used up', () => {
	const told = (ratelimit: object) => [passed('registry manifest', { status: 200, ratelimit })];
	test('gives the manifest to no pull, though the attempt took nothing and succeeded', () => {
		expect(judged([host('hub', told({ remaining: 0, windowSeconds: 21_600 }))])).toMatchObject({
			success: false,
			blame: { host: 'hub', role: 'registry', stage: 'manifest', reason: 'rate_limited' },
		});
	});
	test('is passed over where a host behind it gives the image', () => {
		const walked = [host('hub', told({ remaining: 0 })), host('upstream', green)];
		expect(judged(walked, containerd('2.4.2'))).toMatchObject({ success: true, via: 'upstream' });
		expect(judged(walked, crio)).toMatchObject({ success: true, via: 'upstream', delays: { retry: 30 } });
	});
	test.each([{ remaining: 1 }, { limit: 100 }, { remaining: 0, windowSeconds: 1 }])('is not %o', (ratelimit) => {
		expect(judged([host('hub', told(ratelimit))])).toMatchObject({ success: true });
	});
});

describe('a mirror whose layer fails', () => {
	const walked = [host('mirror', layerFails), host('upstream', green)];
	test('is passed over by containerd', () => {
		expect(judged(walked, containerd('2.4.2'))).toMatchObject({ success: true, via: 'upstream' });
	});
	test('ends the pull of CRI-O, which keeps to the host of the manifest', () => {
		expect(judged(walked, crio)).toMatchObject({ success: false, blame: { host: 'mirror', stage: 'blob' } });
	});
	test('is to blame of none when the upstream fails too: that was asked last', () => {
		expect(judged([host('mirror', layerFails), host('upstream', refused)])).toMatchObject({
			blame: { host: 'upstream' },
		});
	});
	test('says nothing while the upstream was not tried', () => {
		expect(judged([host('mirror', layerFails), host('upstream')])).toBeUndefined();
		expect(judged([host('mirror', layerFails), host('upstream')], crio)).toMatchObject({ success: false });
	});
});

describe('a mirror that never answers', () => {
	const walked = [host('mirror', headHangs), host('upstream', green)];
	test.each([containerd('2.3.0'), containerd('2.4.2'), undefined])('is given up by %o', (runtime) => {
		expect(judged(walked, runtime)).toMatchObject({ success: true, via: 'upstream', delays: { dead_mirror: 120 } });
	});
	test.each([containerd('1.6.20'), containerd('1.7.35'), containerd('2.2.9'), crio])('holds %o for ever', (runtime) => {
		expect(judged(walked, runtime)).toMatchObject({
			success: false,
			blame: { host: 'mirror', reason: 'http_timeout' },
		});
	});
});

describe('capabilities', () => {
	test('a mirror that may not resolve is not asked for a tag, but serves the layers', () => {
		const walked = [host('mirror', green, { capabilities: ['pull'] }), host('upstream', green)];
		expect(judged(walked)).toMatchObject({ success: true, via: 'mirror' });
	});
	test('a tag that nobody resolves fails, whatever that mirror has', () => {
		const walked = [host('mirror', green, { capabilities: ['pull'] }), host('upstream', refused)];
		expect(judged(walked)).toMatchObject({ success: false, blame: { host: 'upstream' } });
	});
});

test('a host that the runtime would not ask says nothing about the pull', () => {
	const walked = [host('mirror', refused), host('upstream', green, { unasked: true })];
	expect(judged(walked)).toMatchObject({ success: false, blame: { host: 'mirror' } });
});

describe('a certificate file that cannot be loaded', () => {
	const unusable = [passed('registry tcp'), broke('registry tls', 'node_config_unusable')];
	const walked = [host('mirror', green), host('upstream', unusable)];
	test('ends a pull of containerd, whichever host it belongs to', () => {
		expect(judged(walked)).toMatchObject({
			success: false,
			blame: { host: 'upstream', reason: 'node_config_unusable' },
		});
	});
	test('is met by CRI-O only when it comes to that host', () => {
		expect(judged(walked, crio)).toMatchObject({ success: true, via: 'mirror' });
	});
});

test('a layer that stalls holds the pull, though another host has it', () => {
	const stalls = [passed('registry manifest'), broke('blob blob', 'body_stalled')];
	expect(judged([host('mirror', stalls), host('upstream', green)])).toMatchObject({
		success: false,
		blame: { host: 'mirror', role: 'blob', reason: 'body_stalled' },
	});
});
