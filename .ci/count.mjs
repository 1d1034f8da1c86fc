// Counts the tests in the reports of vitest's json reporter. A file that failed as a whole counts as one failure, and so
// does a run that never came to its tests.
import { existsSync, readFileSync } from 'node:fs';

const never = [{ status: 'failed', assertionResults: [] }];
const filesOf = (report) => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).testResults : never);
const count = (results, status) => results.filter((result) => result.status === status).length;

let [passed, failed] = [0, 0];
for (const report of process.argv.slice(2)) {
	if (!existsSync(report)) console.log(`${report} is missing: a step before those tests failed`);
	for (const { status, assertionResults } of filesOf(report)) {
		passed += count(assertionResults, 'passed');
		failed += count(assertionResults, 'failed') || Number(status === 'failed');
	}
}
console.log(`${passed} passed, ${failed} failed`);
