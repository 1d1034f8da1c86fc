import type { StageRecord } from '../../probe/observation.ts';
import { printable } from '../../registry/redact.ts';
import { findingOf } from '../words/finding.ts';
import type { Leg, Path } from '../words/path.ts';
import { milliseconds } from '../words/quantities.ts';
import { paintOf } from './paint.ts';
import { marksOf, narrowScreen, spell, type Style } from './style.ts';
import { hang, wrap } from './wrap.ts';

/** Width of the longest names: `registry`, `challenge`. */
const roleWidth = 8;
const stageWidth = 9;
/** Width of `600 000 ms`. */
const timeWidth = 10;

/** The path as a tree: a line for each host with its role, below it a line for each stage. */
export function pathLines({ legs, ahead }: Path, now: number, style: Style): readonly string[] {
	return [...legs.flatMap((leg) => legLines(leg, now, style)), ...aheadLines(ahead, style)];
}

function legLines({ role, peer, records }: Leg, now: number, style: Style): readonly string[] {
	const host = paintOf(style).strong(spell(printable(peer), style));
	return [`  ${role.padEnd(roleWidth)}   ${host}`, ...records.flatMap((record) => stageLines(record, now, style))];
}

function stageLines(record: StageRecord, now: number, style: Style): readonly string[] {
	const paint = paintOf(style);
	const marks = marksOf(style);
	const time = record.seconds === undefined ? '' : milliseconds(record.seconds);
	const rest = ` ${record.stage.padEnd(stageWidth)}${time.padStart(timeWidth)}   `;
	const mark = record.outcome === 'success' ? paint.works(marks.works) : paint.broken(marks.broken);
	const lead = `    ${mark}${record.outcome === 'success' ? rest : paint.broken(rest)}`;
	const said = spell(findingOf(record, now), style);
	const found = record.outcome === 'success' ? said : `${record.reason}: ${said}`;
	return laidOut(lead, 5 + rest.length, found, style);
}

function laidOut(lead: string, leadWidth: number, found: string, { columns }: Style): readonly string[] {
	if (columns >= narrowScreen) return hang(lead, wrap(found, columns - leadWidth), leadWidth);
	return [lead.trimEnd(), ...wrap(found, columns - 6).map((line) => `      ${line}`)];
}

function aheadLines(ahead: Path['ahead'], style: Style): readonly string[] {
	if (ahead.length === 0) return [];
	const lines = wrap(`${ahead.join(', ')} not reached`, style.columns - 6);
	return hang(`    ${marksOf(style).ahead} `, lines).map(paintOf(style).faint);
}
