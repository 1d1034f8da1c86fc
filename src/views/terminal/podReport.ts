import type { QuietPull } from '../../explain/explainByWords.ts';
import type { PodExplanation } from '../../explain/podExplanation.ts';
import { printable } from '../../registry/redact.ts';
import type { Elsewhere } from '../../verdict/fleet/elsewhere.ts';
import { elsewhereSentence } from '../words/elsewhere.ts';
import { runbookAnchor } from '../words/explained.ts';
import { clock } from '../words/clock.ts';
import { count, span } from '../words/quantities.ts';
import { labelled } from './labelled.ts';
import { paintOf } from './paint.ts';
import { marksOf, spell, type Style } from './style.ts';
import { hang, wrap, wrapCommand } from './wrap.ts';

/** Why the images of one pod do not come, as far as could be found out. All texts are safe to show. */
export interface PodReport {
	readonly namespace: string;
	readonly pod: string;
	/** Absent as long as the pod is not scheduled. */
	readonly node?: string;
	/** `answered`: the node's agent explains. Otherwise the kubelet's words stand alone. */
	readonly agent: { readonly state: 'answered' | 'silent' | 'absent'; readonly detail?: string };
	/** One for each container whose image does not come. */
	readonly explanations: readonly PodExplanation[];
	/** One for each of their registries. */
	readonly elsewhere: readonly Elsewhere[];
	/** Pulls that are under way without a word about how they go. */
	readonly pulling: readonly QuietPull[];
	/** What could not be found out beside that: a sentence each. */
	readonly gaps: readonly string[];
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** Width of the label and what stands before it. */
const indent = 12;
/** With less room than this beside time and source, what was seen stands below them. */
const narrowest = 30;

/** The report as text: what fails, the cause, what was seen, whether it is only here, what changed, what to do. Ends in a line break. */
export function renderPod(report: PodReport, style: Style): string {
	const blocks =
		report.explanations.length === 0
			? [wellLines(report, style)]
			: report.explanations.map((explanation) => blockOf(explanation, report, style));
	const unknown = [agentGap(report), ...report.gaps].filter((gap) => gap !== '');
	const gaps = unknown.flatMap((gap, at) => labelled(at === 0 ? 'Unknown' : '', gap, style));
	const lines = blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
	return `${[...lines, ...(gaps.length === 0 ? [] : ['', ...gaps])].join('\n')}\n`;
}

function wellLines({ namespace, pod, node, pulling, now }: PodReport, style: Style): readonly string[] {
	const paint = paintOf(style);
	const marks = marksOf(style);
	const mark = pulling.length === 0 ? paint.works(marks.works) : paint.bypassed(marks.bypassed);
	const on = node === undefined ? 'is on no node yet' : `on ${printable(node)}`;
	const waits = pulling.map(
		({ container, since }) =>
			`container ${container} is pulling since ${clock(since, now)}, and nothing says that it fails`,
	);
	const said = waits.length === 0 ? 'no container waits for an image that does not come' : waits.join('; ');
	const lines = wrap(spell(`${namespace}/${pod} ${on}: ${printable(said, 1000)}`, style), style.columns - 2);
	return hang(`${mark} `, lines.map(paint.strong), 2);
}

function agentGap({ node = '', agent, explanations }: PodReport): string {
	if (agent.state === 'answered' || node === '' || explanations.length === 0) return '';
	const why = agent.detail === undefined ? '' : `: ${agent.detail}`;
	const who = agent.state === 'absent' ? `No agent was found on ${node}` : `The agent on ${node} is silent`;
	return `${who}${why}. What is said here are the kubelet's words alone.`;
}

function blockOf(explanation: PodExplanation, { node, elsewhere, now }: PodReport, style: Style): readonly string[] {
	const { reason, cause, summary, evidence, changed, remedy, registry } = explanation;
	const seen = elsewhere.filter((one) => one.registry === registry);
	const dated = evidence.map(({ at, source, text }) => ({ at, text, source: wordIn(sources, source, source) }));
	return [
		...headLines(explanation, node, now, style),
		'',
		...labelled('Cause', `${wordIn(causes, cause, `${cause}: `)}${begun(summary)}`, style),
		...timed('Evidence', dated, now, style),
		...seen.flatMap((one) => labelled('Elsewhere', elsewhereSentence(one), style)),
		// What else another agent may say of it has no meaning here.
		...timed(
			'Changed',
			changed.map(({ at, text }) => ({ at, text })),
			now,
			style,
		),
		...remedyLines(remedy, style),
		...labelled('More', reason === null ? '' : runbookAnchor(reason), style),
	];
}

const causes: Readonly<Record<PodExplanation['cause'], string>> = {
	image: 'image: ',
	credentials: 'credentials: ',
	node: 'this node: ',
	registry: 'registry: ',
	rate_limit: 'rate limit: ',
	kubelet: 'kubelet: ',
	unknown: 'not known: ',
};

const sources: Readonly<Record<PodExplanation['evidence'][number]['source'], string>> = {
	kubelet: 'kubelet',
	probe: 'probe',
	image: 'this image',
	nodes: 'other nodes',
	configuration: 'configuration',
};

/** Another agent may be newer, and know more words. */
function wordIn(words: Readonly<Record<string, string>>, word: string, otherwise: string): string {
	return (Object.hasOwn(words, word) ? words[word] : undefined) ?? otherwise;
}

function headLines(
	{ namespace, pod, container, image, since, tries, state }: PodExplanation,
	node: string | undefined,
	now: number,
	style: Style,
): readonly string[] {
	const paint = paintOf(style);
	const where = node === undefined ? '' : ` on ${printable(node)}`;
	const verb = quiet.has(state) ? 'waits for' : 'cannot pull';
	const begin = since === undefined ? '' : ` since ${clock(since, now)}`;
	const counted = [
		since === undefined ? '' : span(Math.max(0, now / 1000 - since)),
		tries === undefined ? '' : count(tries, 'try', 'tries'),
	].filter((part) => part !== '');
	const much = counted.length === 0 ? '' : ` (${counted.join(', ')})`;
	const text = `${namespace}/${pod}${where}: container ${container} ${verb} ${image}${begin}${much}`;
	const lines = wrap(spell(printable(text, 1000), style), style.columns - 2);
	return hang(`${paint.broken(marksOf(style).broken)} `, lines.map(paint.strong), 2);
}

const quiet: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);

/** After a colon a sentence goes on; a host or a name at its beginning stays as it is. */
function begun(text: string): string {
	return text.replace(/^(?:The|This|No|Nothing|It)\b/, (word) => word.toLowerCase());
}

interface Timed {
	readonly at?: number | undefined;
	readonly source?: string;
	readonly text: string;
}

/** Things with their times, one below the other; on a narrow terminal what was seen stands below when and by whom. */
function timed(label: string, things: readonly Timed[], now: number, style: Style): readonly string[] {
	const paint = paintOf(style);
	const column = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
	const times = things.map(({ at }) => (at === undefined ? '' : clock(at, now)));
	const [timeWidth, sourceWidth] = [column(times), column(things.map(({ source = '' }) => source))];
	return things.flatMap(({ source = '', text }, at) => {
		const written = [(times[at] ?? '').padEnd(timeWidth), source.padEnd(sourceWidth)];
		const before = written.filter((part) => part !== '').join('  ');
		const title = at === 0 ? label : '';
		const lead = `  ${paint.strong(title)}${' '.repeat(indent - 2 - title.length)}${paint.faint(before)}`;
		const said = spell(printable(text, 1000), style);
		const width = indent + before.length + 2;
		if (style.columns - width >= narrowest) return hang(`${lead}  `, wrap(said, style.columns - width), width);
		return [lead.trimEnd(), ...wrap(said, style.columns - indent).map((line) => ' '.repeat(indent) + line)];
	});
}

/** A line that is a command can be copied as it stands. */
function remedyLines(remedy: string, style: Style): readonly string[] {
	const lines = remedy.split('\n').filter((line) => line.trim() !== '');
	return lines.flatMap((line, at) => {
		const command = /^(?:kubectl|registry-probe|sudo|curl|nc) /.test(line);
		return labelled(at === 0 ? 'Do' : '', line, style, command ? wrapCommand : wrap);
	});
}
