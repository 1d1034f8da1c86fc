import { printable } from '../../registry/redact.ts';
import type { TargetState } from '../../store/targetState.ts';
import { certificatesOf, endingDays, type Certificate } from '../words/certificates.ts';
import { count, day, daysUntil } from '../words/quantities.ts';
import { gauge } from './gauge.ts';
import { html, type Html } from './html.ts';

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
		...(rest > 0 ? [html`<li class="more">and ${rest} that end later</li>`] : []),
	]);
}

function certificateItem({ peer, notAfter, issuer }: Certificate, now: number): Html {
	const days = daysUntil(notAfter, now);
	const low = days < endingDays;
	const left = days < 0 ? html`<em>ended</em>` : html`${count(days, 'day')}${low && html` <em>soon</em>`}`;
	return html`<li${low && html` class="low"`}><p><b>${printable(peer)}</b> <span class="value">${left}</span></p>
<p class="more">until ${day(notAfter)}${issuer !== undefined && `, by ${issuer}`}</p></li>
`;
}
