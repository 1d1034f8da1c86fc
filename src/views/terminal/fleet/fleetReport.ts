import type { Fleet, FleetView, SilentAgent } from '../../../verdict/fleet/fleet.ts';
import { runbookAnchor } from '../../words/explained.ts';
import { fleetAnswer, listedNames, verdictSentence } from '../../words/fleetSentences.ts';
import { labelled } from '../labelled.ts';
import { paintOf } from '../paint.ts';
import { marksOf, spell, type Style } from '../style.ts';
import { hang, wrap } from '../wrap.ts';
import { matrixLines } from './matrixLines.ts';

/** Verdicts that are said one by one, unless verbose. */
const mostVerdicts = 12;
/** Silent agents that are named one by one, unless verbose. */
const mostSilent = 8;

/** The cluster as text: the answer, nodes against registries, what it comes to, who is missing. Ends in a line break. */
export function renderFleet(fleet: FleetView, style: Style): string {
	const below = [...verdictLines(fleet, style), ...absentLines(fleet, style)];
	const blocks = [answerLines(fleet, style), matrixLines(fleet.matrix, style), below];
	return `${blocks
		.filter((block) => block.length > 0)
		.map((block) => block.join('\n'))
		.join('\n\n')}\n`;
}

function answerLines(fleet: Fleet, style: Style): readonly string[] {
	const paint = paintOf(style);
	const marks = marksOf(style);
	const fails = fleet.verdicts.some(({ kind }) => kind === 'pull');
	const doubtful = fleet.silent.length > 0 || fleet.verdicts.length > 0 || fleet.reports.length === 0;
	const mark = fails
		? paint.broken(marks.broken)
		: doubtful
			? paint.bypassed(marks.bypassed)
			: paint.works(marks.works);
	const lines = wrap(spell(fleetAnswer(fleet), style), style.columns - 2);
	return hang(`${mark} `, lines.map(paint.strong), 2);
}

function verdictLines({ verdicts }: Fleet, style: Style): readonly string[] {
	const shown = style.verbose ? verdicts : verdicts.slice(0, mostVerdicts);
	const hidden = verdicts.length - shown.length;
	const reasons = new Set(shown.flatMap(({ fault }) => fault?.reason ?? []));
	let before = '';
	return [
		...shown.flatMap((verdict) => {
			const { label, text } = verdictSentence(verdict);
			const again = label === before;
			before = label;
			return labelled(again ? '' : label, text, style);
		}),
		...labelled('', hidden === 0 ? '' : `${hidden} more: --verbose shows them.`, style),
		...[...reasons].flatMap((reason, at) => labelled(at === 0 ? 'More' : '', runbookAnchor(reason), style)),
	];
}

/** Who said nothing: those with the same reason together. */
function absentLines({ silent, unwatched, gaps }: Fleet, style: Style): readonly string[] {
	const shown = style.verbose ? silent : silent.slice(0, mostSilent);
	const hidden = silent.length - shown.length;
	return [
		...shown.flatMap((agent, at) => labelled(at === 0 ? 'Silent' : '', silentText(agent), style)),
		...labelled('', hidden === 0 ? '' : `${hidden} more: --verbose shows them.`, style),
		...labelled('No agent', listedNames(unwatched, style.verbose ? unwatched.length : mostSilent), style),
		...gaps.flatMap((gap, at) => labelled(at === 0 ? 'Unknown' : '', gap, style)),
	];
}

function silentText({ node, namespace, pod, detail }: SilentAgent): string {
	return `${node}: ${detail} (${namespace}/${pod})`;
}
