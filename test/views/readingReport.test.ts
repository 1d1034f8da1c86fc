import { expect, test } from 'vitest';
import { readMessage } from '../../src/explain/readMessage.ts';
import { renderReading } from '../../src/views/terminal/readingReport.ts';

const refused =
	'failed to pull and unpack image "r.example/team/app:1": failed to resolve image: failed to do request: Head "https://r.example/v2/team/app/manifests/1": dial tcp 192.0.2.1:443: connect: connection refused';
const plain = { columns: 80, colour: false, unicode: true, verbose: false };
const report = (message: string, style = plain) => renderReading(readMessage(message), style);

test('what failed and why stands in the first line', () => {
	expect(report(refused)).toMatch(
		/^✗ r\.example\/team\/app:1 {3}tcp_refused\n\n {2}Role {6}registry\n {2}Stage {5}tcp\n/,
	);
});

test('on a narrow screen the reason stands below the image, and nothing but long words is wider', () => {
	const lines = report(refused, { ...plain, columns: 30 }).split('\n');
	expect(lines.slice(0, 2)).toEqual(['✗ r.example/team/app:1', '  tcp_refused']);
	expect(lines.filter((line) => line.length > 30 && line.trim().includes(' ') && !/^ {2}\w/.test(line))).toEqual([]);
});

test('a reason that is open is no failure: it has the mark of a warning and no runbook', () => {
	const text = report('Error: ImagePullBackOff');
	expect(text).toMatch(/^! message {3}the text leaves the reason open\n/);
	expect(text).not.toContain('More');
});

test('without Unicode nothing but ASCII is printed', () => {
	const text = report(refused.replaceAll('r.example', 'r\u00e9.example'), { ...plain, unicode: false });
	expect(text).toMatch(/^[\n\x20-\x7e]+$/);
	expect(text).toMatch(/^x /);
});

test('colour marks the failure', () => {
	expect(report(refused, { ...plain, colour: true })).toContain('\u001b[31m✗');
});
