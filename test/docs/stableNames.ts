import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { alertingGroups, alerts, recordingGroups } from '../../build/monitoring/groups.ts';
import { allCommands } from '../../src/commands/commands.ts';
import { stages } from '../../src/probe/stages.ts';
import { messageReasons, probeReasons } from '../../src/reasons/reason.ts';
import { everyKey } from '../config/keys.ts';
import { kustomizations } from '../manifests/files.ts';
import { aStore } from '../store/literals.ts';
import { aView } from '../views/metricsWorld.ts';
import { read, root } from './markdown.ts';
import { propertiesOf, type Schema } from './schemaNames.ts';

/**
 * Every name that users hold on to, each in a line with its kind first: what docs/stable-names.txt has. One that goes
 * away or changes is a line that goes away from that file.
 */
export function stableNames(): readonly string[] {
	return [
		...commands(),
		...exitCodes(),
		...served(),
		...everyKey().map((key) => `key ${key}`),
		...[...new Set([...probeReasons, ...messageReasons])].map((reason) => `reason ${reason}`),
		...stages.map(({ name }) => `stage ${name}`),
		...metrics(),
		...recorded().map((name) => `record ${name}`),
		...alerts.map(({ alert }) => `alert ${alert}`),
		...kustomizations.map((name) => `manifests ${name}`),
		...documents(),
	];
}

function commands(): readonly string[] {
	return allCommands().flatMap((command) => [
		`command ${command.name()}`,
		...command.options.map(({ long }) => `option ${command.name()} ${long}`),
	]);
}

const commandsPage = () => read('docs/commands.md');

/** From the table that tells them: what each means is held by the tests of the commands. */
function exitCodes(): readonly string[] {
	const rows = [...commandsPage().matchAll(/^\| `([a-z]+)[^|]*\|[^|]*\|([^|]*)\|$/gm)];
	const codes = rows.flatMap(([, command = '', cell = '']) =>
		[...cell.matchAll(/\d+/g)].map(([code]) => `exit ${command} ${code}`),
	);
	return [...new Set(codes)];
}

function served(): readonly string[] {
	const rows = [...commandsPage().matchAll(/^\| (`\/[^|]*)\|/gm)];
	return rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, path = '']) => `path ${path}`));
}

function metrics(): readonly string[] {
	const { families } = aView(aStore(), { stages });
	return families.map(({ name, type, labels }) => ['metric', name, type, ...labels].join(' '));
}

function recorded(): readonly string[] {
	const rules = [...recordingGroups, ...alertingGroups].flatMap((group) => group.rules);
	return [...new Set(rules.flatMap((rule) => ('record' in rule ? [rule.record] : [])))];
}

function documents(): readonly string[] {
	return globSync('docs/*.schema.json', { cwd: root })
		.toSorted()
		.flatMap((path) => {
			const name = basename(path, '.schema.json');
			const schema = JSON.parse(read(path)) as Schema;
			const version = schema.properties?.['version']?.const;
			return [
				`json ${name} version ${String(version)}`,
				...propertiesOf(schema).map((property) => `json ${name} ${property}`),
			];
		});
}
