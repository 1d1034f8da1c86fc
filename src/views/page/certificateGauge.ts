import type { TargetState } from '../../store/targetState.ts';
import { certificatesOf, endingDays, type Certificate } from '../words/certificates.ts';
import { count, day, daysUntil } from '../words/quantities.ts';
import { gauge } from './gauge.ts';
import { markup, type Html } from './markup.ts';
import { outside } from './outside.ts';

/** Certificates that are shown, those that end first. */
const most = 8;

/** When the certificates end that the last attempts met. */
export function certificateGauge(states: readonly TargetState[], now: number): Html {
	const met = states.flatMap(({ latest }) => (latest ? certificatesOf(latest) : []));
	const byHost = new Map(
		met.toSorted((a, b) => b.notAfter - a.notAfter).map((certificate) => [certificate.peer, certificate]),
	);
	const first = [...byHost.values()].toSorted((a, b) => a.notAfter - b.notAfter);
	const rest = first.length - most;
	return gauge('Certificates', [
		...first.slice(0, most).map((certificate) => certificateItem(certificate, now)),
		...(rest > 0 ? [markup`<li class="more">and ${rest} more</li>`] : []),
	]);
}

function certificateItem({ peer, notAfter, issuer }: Certificate, now: number): Html {
	const days = daysUntil(notAfter, now);
	const low = days < endingDays;
	const left = days < 0 ? markup`<em>ended</em>` : markup`${count(days, 'day')}${low && markup` <em>soon</em>`}`;
	return markup`<li${low && markup` class="low"`}><p><b>${outside(peer)}</b> <span class="value">${left}</span></p>
<p class="more">until ${day(notAfter)}${issuer !== undefined && markup`, by ${outside(issuer)}`}</p></li>
`;
}
