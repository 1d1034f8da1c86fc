import { defineConfig } from 'vitest/config';
import { compileCache } from '../compileCache.ts';

/** The suites on a real API server: `vitest run --config test/kubernetes/vitest.config.ts` from the top of the checkout. */
export default defineConfig({
	test: {
		include: ['test/kubernetes/**/*.spec.ts'],
		globalSetup: ['test/kubernetes/setup.ts'],
		env: compileCache,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// They wait more than they work.
		maxWorkers: 2,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/kubernetes.json' }]] : ['default'],
	},
});
