import type { Cause } from '../../src/explain/podExplanation.ts';
import { type Incident, type Kind, kinds, type Outcome } from './incident.ts';

/** An incident with what was said of it. */
export interface Told {
	readonly incident: Incident;
	readonly given: NonNullable<Outcome['given']> | undefined;
	/** All that was ever said for sure. */
	readonly claims: Outcome['claims'];
	/** The cause is one of those that are right; `open`: none was named. */
	readonly verdict: 'right' | 'wrong' | 'open';
}

const given: readonly (Cause | 'silent')[] = [
	'node',
	'registry',
	'credentials',
	'image',
	'rate_limit',
	'kubelet',
	'unknown',
	'silent',
];

/** Puts together what happened and what was said. */
export function tell(incidents: readonly Incident[], outcomes: readonly Outcome[]): readonly Told[] {
	const said = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
	return incidents.map((incident) => {
		const { given: one, claims = [] } = said.get(incident.id) ?? {};
		const open = one === undefined || one.cause === 'unknown';
		return {
			incident,
			given: one,
			claims,
			verdict: open ? 'open' : incident.causes.includes(one.cause) ? 'right' : 'wrong',
		};
	});
}

/** The confusion matrix: kinds of incidents by the cause that was given. */
export function confusion(all: readonly Told[]): string {
	const rows = kinds.map((kind) => {
		const its = all.filter(({ incident }) => incident.kind === kind);
		const counts = given.map((cause) => its.filter((one) => (one.given?.cause ?? 'silent') === cause).length);
		return [titles[kind], ...counts.map((count) => (count === 0 ? '' : String(count)))];
	});
	return table(['incident', ...given], rows);
}

/** How sure the agent said it was, and whether it was right. */
export function sureness(all: readonly Told[]): string {
	const rows = (['probe', 'image', 'unknown'] as const).map((explained) => {
		const its = all.filter((one) => one.given?.explained === explained);
		const count = (verdict: Told['verdict']) => String(its.filter((one) => one.verdict === verdict).length);
		return [`\`${explained}\``, count('right'), count('wrong'), count('open')];
	});
	return table(['`explained`', 'right', 'wrong', 'left open'], rows);
}

/** One line for each incident of a kind. */
export function listed(all: readonly Told[], kind: Kind): string {
	const rows = all
		.filter(({ incident }) => incident.kind === kind)
		.map(({ incident, given: said, verdict }) => [
			`\`${incident.id}\``,
			incident.what,
			incident.causes.join(', '),
			`${said?.cause ?? '-'}${verdict === 'wrong' ? ' (wrong)' : ''}`,
			said?.explained ?? '-',
			said?.reason ?? '-',
		]);
	return table(['incident', 'what is wrong', 'right', 'given', 'explained', 'reason'], rows);
}

/** What is expected of the next run, by incident, as `run.ts` takes it. */
export function expectedIn(page: string): Readonly<Record<string, string>> {
	const lines = page.matchAll(
		/^\| `([\w-]+)` \| [^|]+ \| [^|]+ \| ([\w-]+)(?: \(wrong\))? \| ([\w-]+) \| ([\w-]+) \|$/gm,
	);
	return Object.fromEntries([...lines].map(([, id = '', ...said]) => [id, said.join(' ')]));
}

export const titles: Readonly<Record<Kind, string>> = {
	node: 'this node',
	zone: 'the zone',
	registry: 'the registry',
	credentials: 'credentials',
	image: 'the image',
	limit: 'a limit',
	kubelet: 'kubelet and runtime',
	two: 'two at once',
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
