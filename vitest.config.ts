import { defineConfig } from 'vitest/config';
import { compileCache } from './test/compileCache.ts';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		setupFiles: ['test/properties.ts'],
		env: compileCache,
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// More than there are cores: they wait as long as they work.
		maxWorkers: 3,
		// The report is what .ci/run counts.
		reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'coverage/report.json' }]] : ['default'],
	},
});
