import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { probeReasons } from '../../src/reasons/reason.ts';
import { assertedReasons } from './provoked.ts';

/** Where faults are put onto real sockets. */
const rooms = ['probe', 'real', 'netns', 'hostile'];

/** No fault may ever read so, or none of this program's own making can. */
const excepted = new Set<string>(['unknown', 'cancelled', 'node_config_unusable']);

test('every reason is provoked on a real socket', () => {
	const sources = rooms.flatMap((room) => globSync(`test/${room}/**/*.test.ts`));
	const asserted = assertedReasons(sources.map((path) => readFileSync(path, 'utf8')).join('\n'));
	expect(probeReasons.filter((reason) => !excepted.has(reason) && !asserted.has(reason))).toEqual([]);
});

test('a reason counts where a text ends with it, and in no comment', () => {
	const source = `
		// 'dns_refused'
		/** \`dns_timeout\` */
		expect(verdict).toBe('registry tcp tcp_refused');
		test.each([['tcp_timeout', 1], ["tcp_unreachable"]]);
		const name = 'tls_closed by the server', other = tls_expired;
	`;
	expect([...assertedReasons(source)]).toEqual(['tcp_refused', 'tcp_timeout', 'tcp_unreachable']);
});
