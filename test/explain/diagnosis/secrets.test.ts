import { describe, expect, test } from 'vitest';
import { event, explained, line, now, type Path, tried } from './situations.ts';
import { image, words } from './texts.ts';

describe('with the secret of the pod', () => {
	const given = (path: Path) => [tried(image, path, 'given', 'regcred')];
	const pod = { pullSecrets: ['regcred'], secretsRead: true };

	test('one that is rejected is the cause', () => {
		const told = explained({ ...pod, message: words.rejected, tries: given('token token auth_rejected') });
		expect(line(told)).toBe('credentials image auth_rejected token.ghcr.io');
		expect(told.summary).toBe('The pull secret shop/regcred is rejected (auth_rejected at token.ghcr.io).');
		expect(told.pullSecrets).toEqual([{ name: 'regcred', success: false, reason: 'auth_rejected' }]);
		expect(told.remedy).toContain(
			'kubectl -n shop create secret docker-registry regcred --docker-server=ghcr.io --docker-username=USER',
		);
		expect(told.evidence.map(({ source, text }) => `${source} ${text}`)).toEqual([
			expect.stringContaining('kubelet unexpected status from GET request to https://token.ghcr.io/token'),
			'image this image with the secret regcred from this node: token auth_rejected at token.ghcr.io: it broke',
		]);
	});

	test('a bare 401 is read by what the probe meets', () => {
		const told = explained({ ...pod, message: words.unauthorized, tries: given('registry manifest auth_rejected') });
		expect(line(told)).toBe('credentials image auth_rejected ghcr.io');
	});

	test('one that works by now contradicts kubelet, and the summary says so', () => {
		const told = explained({ ...pod, message: words.rejected, tries: given('ok') });
		expect(line(told)).toBe('credentials unknown auth_rejected token.ghcr.io');
		expect(told.summary).toContain('A pull would work now; kubelet tries again within 5 min.');
	});
});

test('a probe that is older than the last failure does not say that a pull would work', () => {
	const events = [event('Failed', `Failed to pull image "${image}": ${words.broken}`, 1)];
	const told = explained({ events, state: 'ImagePullBackOff', tries: [tried(image, 'ok')] });
	expect(line(told)).toBe('registry unknown http_server_error ghcr.io');
	expect(told.summary).not.toContain('would work now');
});

test('a secret that may not be read is no reason to say that a pull would work', () => {
	const tries = [tried(image, 'ok')];
	const told = explained({ message: words.rejected, pullSecrets: ['regcred'], tries });
	expect(line(told)).toBe('credentials unknown auth_rejected token.ghcr.io');
	expect(told.summary).not.toContain('would work now');
	expect(told.evidence.map(({ text }) => text)).toContain(
		'the pull secrets of the pod (regcred) are not read: its namespace is not opted in',
	);
});

test('a pull secret that is not there is told by kubelet', () => {
	const text = 'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.';
	const events = [event('FailedToRetrieveImagePullSecret', text, 20, { container: 'app' })];
	const told = explained({ message: words.noLogin, events, pullSecrets: ['regcred'] });
	expect(told.evidence).toContainEqual({ at: now - 20, source: 'kubelet', text });
});

test('a name that cannot be read is the fault of the image', () => {
	const told = explained({ image: 'GHCR.io/Acme/Cart:x:y', state: 'InvalidImageName' });
	expect(line(told)).toBe('image image invalid_reference -');
	expect(told.registry).toBeUndefined();
});
