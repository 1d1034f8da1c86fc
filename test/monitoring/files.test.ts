import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ruleFiles } from '../../build/monitoring/files.ts';
import { alerts } from '../../build/monitoring/groups.ts';
import { alertsPage, marker } from '../../build/monitoring/page.ts';
import { anchors, read } from '../docs/markdown.ts';
import { checked, checkedQueries, lack, rules, skipped } from './promtool.ts';
import { templateQueries } from './queries.ts';

interface RuleFile {
	readonly groups: readonly { readonly rules: readonly Readonly<Record<string, unknown>>[] }[];
}

const annotationOf = (rule: Readonly<Record<string, unknown>>, name: string) =>
	(rule['annotations'] as Readonly<Record<string, string>> | undefined)?.[name] ?? '';
const rulesIn = (text: string) => (parse(text) as RuleFile).groups.flatMap((group) => group.rules);

describe('what is committed is what build/monitoring makes: node build/monitoring/main.ts', () => {
	test.each(ruleFiles('docs').map(({ path, text }) => ({ path, text })))('$path', ({ path, text }) => {
		expect(readFileSync(path, 'utf8')).toBe(text);
	});

	test('docs/alerts.md', () => {
		const [, written] = read('docs/alerts.md').split(marker);
		expect(written?.trim()).toBe(alertsPage().trim());
	});

	test('the object of the operator has the rules of both files', () => {
		const [recording, alerting, object] = ruleFiles('docs').map(({ text }) => text);
		const { spec } = parse(object ?? '') as { spec: RuleFile };
		expect(spec.groups.flatMap((group) => group.rules)).toEqual([
			...rulesIn(recording ?? ''),
			...rulesIn(alerting ?? ''),
		]);
	});
});

describe('the links of the alerts', () => {
	test('lead to headings', () => {
		const links = alerts.map(({ alert, runbook }) => (runbook ?? `alerts.md#${alert.toLowerCase()}`).split('#'));
		for (const [file = '', anchor = ''] of links) {
			// What is asked for when the text is made is a reason, and every reason has a section; the rest is text.
			const fixed = anchor.replace(/^.*\{\{ else \}\}(.*)\{\{ end \}\}$/, '$1');
			expect(existsSync(`docs/${file}`)).toBe(true);
			expect(anchors(`docs/${file}`)).toContain(fixed);
		}
	});

	test('lead elsewhere when told so', () => {
		const [, alerting] = ruleFiles('https://git.example/docs');
		const links = rulesIn(alerting?.text ?? '').map((rule) => annotationOf(rule, 'runbook_url'));
		expect(links.length).toBe(alerts.length);
		expect(links.filter((link) => !link.startsWith('https://git.example/docs/'))).toEqual([]);
	});
});

describe.skipIf(skipped)(`promtool${lack}`, () => {
	test.each(rules)('has nothing to say about %s', (file) => {
		expect(checked(file)).toMatch(/SUCCESS: \d+ rules found\n\s*$/);
	});

	test('reads the queries in the texts of the alerts', () => {
		const queries = templateQueries();
		expect(queries.length).toBeGreaterThan(20);
		expect(checkedQueries(queries)).toContain(`SUCCESS: ${queries.length} rules found`);
	});
});
