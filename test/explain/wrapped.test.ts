import { describe, expect, test } from 'vitest';
import { readMessage } from '../../src/explain/readMessage.ts';
import { type Case, cases } from './recorded.ts';

/** What nodes print; podman's texts are log lines already. */
const ofNodes = cases.filter(({ runtimes }) => !runtimes.some((runtime) => runtime.startsWith('podman')));
const image = ({ scenario }: Case) => `${scenario}.lab.test/team/app:1`;

/** What a person may have around a text, by where it was found. */
const finds: Readonly<Record<string, (one: Case) => string>> = {
	'a waiting message': (one) => `Back-off pulling image "${image(one)}": ErrImagePull: ${one.text}`,
	'an event': (one) => `Failed to pull image "${image(one)}": ${one.text}`,
	'a log line of containerd': ({ text }) =>
		`time="2026-11-21T08:14:42.5Z" level=error msg="PullImage \\"x\\" failed" error=${JSON.stringify(text)}`,
	'a log line of kubelet': ({ text }) =>
		`E1121 08:14:42.123456    1234 log.go:32] "PullImage from image service failed" err=${JSON.stringify(text)} image="x"`,
	'the status of a pod as JSON': (one) => `"message": ${JSON.stringify(`ErrImagePull: ${one.text}`)},`,
	'the inside of a JSON string': ({ text }) => JSON.stringify(text).slice(1, -1),
};

describe('a text reads alike wherever it is found', () => {
	test.each(Object.entries(finds))('%s', (_, wrap) => {
		const different = ofNodes.filter((one) => {
			const alone = readMessage(one.text);
			const { reason, stage, open } = readMessage(wrap(one));
			return reason !== alone.reason || stage !== alone.stage || open.join(' ') !== alone.open.join(' ');
		});
		expect(different.map(({ scenario, text }) => `${scenario}: ${text}`)).toEqual([]);
	});
});

test('names of hosts and images decide nothing', () => {
	const different = cases.filter(({ scenario, text }) => {
		const renamed = readMessage(text.replaceAll(scenario, 'eof-429-not-found'));
		return renamed.reason !== readMessage(text).reason;
	});
	expect(different.map(({ scenario }) => scenario)).toEqual([]);
});
