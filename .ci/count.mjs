// Counts the tests in a report of vitest's json reporter. A file that failed as a whole counts as one failure, and so
// does a run that never came to its tests.
import { existsSync, readFileSync } from 'node:fs';

const report = process.argv[2] ?? '';
const text = existsSync(report) ? readFileSync(report, 'utf8') : '';
const files = text === '' ? [{ status: 'failed', assertionResults: [] }] : JSON.parse(text).testResults;
const count = (results, status) => results.filter((result) => result.status === status).length;

let [passed, failed] = [0, 0];
for (const { status, assertionResults } of files) {
	passed += count(assertionResults, 'passed');
	failed += count(assertionResults, 'failed') || Number(status === 'failed');
}
if (text === '') console.log('a step before the tests failed');
console.log(`${passed} passed, ${failed} failed`);
