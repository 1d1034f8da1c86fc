import { describe, expect, test } from 'vitest';
import { readMessage } from '../../src/explain/readMessage.ts';
import { type Case, cases, line, scenarios } from './recorded.ts';
import { leftOpen, saysOther } from './saysOther.ts';

const read = cases.map((one) => ({ ...one, reading: readMessage(one.text) }));
type Read = (typeof read)[number];

/** The runtimes of a text, each a text of its own. */
const each = (all: readonly Read[]): number => all.reduce((sum, { runtimes }) => sum + runtimes.length, 0);
const named = ({ scenario, runtimes, reading }: Read) => `${scenario} ${runtimes.join(', ')}: ${line(reading)}`;

function tellsOther({ scenario, runtimes, reading }: Read): boolean {
	return saysOther.some(
		(other) =>
			other.scenario === scenario &&
			other.reason === reading.reason &&
			runtimes.every((runtime) => other.runtimes.some((begin) => runtime.startsWith(begin))),
	);
}

/** The reason is the fault that was set up, or what the recording says that the text alone tells. */
function isRight({ reason, says, reading }: Read): boolean {
	return reading.reason === reason || reading.reason === says;
}

describe('every recorded text reads as expected', () => {
	test.each(scenarios)('$scenario', ({ texts }) => {
		expect(texts.map(({ text }) => line(readMessage(text)))).toEqual(texts.map(({ reads }) => reads));
	});
});

describe('against the faults that were set up', () => {
	const right = read.filter(isRight);
	const open = read.filter(({ reading }) => reading.reason === null);
	const other = read.filter((one) => !isRight(one) && one.reading.reason !== null);

	test('no reason is wrong', () => {
		expect(other.filter((one) => !tellsOther(one)).map(named)).toEqual([]);
	});

	test('what is listed to tell of another fault does', () => {
		const found = new Set(other.map(({ scenario }) => scenario));
		expect([...found].toSorted()).toEqual([...new Set(saysOther.map(({ scenario }) => scenario))].toSorted());
	});

	test('most reasons are told', () => {
		expect({ right: each(right), open: each(open), other: each(other), all: each(read) }).toEqual({
			right: 652,
			open: 68,
			other: 6,
			all: 726,
		});
	});

	test('what is left open is listed with its cause, and the fault is among what it could be', () => {
		expect(open.filter(({ reading }) => !leftOpen.some(({ words }) => words.test(reading.said))).map(named)).toEqual(
			[],
		);
		const fits = ({ reason, says, reading: { open: could } }: Read) =>
			could.includes(reason) || (says !== undefined && could.includes(says));
		expect(open.filter((one) => !fits(one)).map(named)).toEqual([]);
	});

	test('no role is wrong', () => {
		expect(read.filter(({ role, reading }) => reading.role !== undefined && reading.role !== role).map(named)).toEqual(
			[],
		);
	});

	test('no stage is wrong where the reason is the fault', () => {
		const told = read.filter(({ reason, reading }) => reading.reason === reason && reading.stage !== undefined);
		expect(told.filter(({ stage, reading }) => reading.stage !== stage).map(named)).toEqual([]);
	});

	test('no host is wrong where the reason is told', () => {
		const told = read.filter(({ reading }) => reading.reason !== null && reading.host !== undefined);
		expect(told.filter((one) => one.reading.host !== hostOf(one)).map(named)).toEqual([]);
	});

	test('the image is the one that was pulled', () => {
		const wrong = read.filter(
			({ scenario, reading: { image } }) => image !== undefined && !image.startsWith(`${scenario}.lab.test/`),
		);
		expect(wrong.map(named)).toEqual([]);
	});
});

/** The host that the fault is at. Where a mirror was set up it is named in its stead, as long as the text does. */
function hostOf({ scenario, role, text }: Case): string {
	const suffixes = {
		registry: text.includes(`Head "https://${scenario}--mirror.`) ? '--mirror' : '',
		token: '--token',
		blob: '--cdn',
		redirect: '',
	};
	return `${scenario}${suffixes[role]}.lab.test`;
}
