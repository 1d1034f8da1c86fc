import { span } from '../words/quantities.ts';
import { markup, type Html } from './markup.ts';

/** A moment for people and machines: `03:00:12 UTC`, with the date in front when it is not today's; `some day` for one that no calendar has. */
export function moment(at: number, now: number): Html {
	const date = new Date(at);
	if (Number.isNaN(date.getTime())) return markup`some day`;
	const iso = date.toISOString();
	const today = iso.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
	return markup`<time datetime="${iso}">${today ? '' : `${iso.slice(0, 10)} `}${iso.slice(11, 19)} UTC</time>`;
}

/** How long ago a moment was: `18 min ago`. */
export function ago(at: number, now: number): string {
	const seconds = (now - at) / 1000;
	return seconds < 1 ? 'just now' : `${span(seconds)} ago`;
}
