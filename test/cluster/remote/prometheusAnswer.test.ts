import { expect, test } from 'vitest';

import { readPrometheusAnswer } from '../../../src/cluster/remote/prometheus.ts';

const noPrimitive = { toString: 1, valueOf: 1 };

test('what is no series and no warning is passed over', () => {
	const metric = { __name__: 'up' };
	const result = [{ metric, value: [1, noPrimitive] }, { metric, value: [1, '2'] }, { metric, value: [1, []] }, 7];
	expect(readPrometheusAnswer(200, { status: 'success', data: { result }, warnings: [noPrimitive, 'w'] })).toEqual({
		samples: [{ labels: metric, value: 2 }],
		warnings: ['Prometheus warns: w'],
	});
});
