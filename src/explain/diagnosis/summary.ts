import type { AnyReason } from '../../reasons/reason.ts';
import { explanations } from '../../reasons/table.ts';
import { printable } from '../../registry/redact.ts';
import { imageName } from '../image.ts';
import type { Cause } from '../podExplanation.ts';
import type { Diagnosis, Standing } from './diagnose.ts';
import type { Silence } from './silence.ts';
import type { Stuck } from './situation.ts';

const longest = 500;

/** The cause in a sentence, and in a second one how far it is borne out. It holds no times: it stays as long as the cause does. */
export function summaryOf(diagnosis: Silence, stuck: Stuck): string {
	const remark = diagnosis.nodeWide ? wide : remarks[diagnosis.standing](diagnosis.cause);
	return printable(`${sentence(diagnosis, stuck)}.${remark === '' ? '' : ` ${remark}`}`, longest);
}

/** Stands in a summary until other nodes were asked. */
export const onlyOthersTell =
	'This node meets the same; only other nodes can tell whether it is this node or the host.';
const wide = 'No registry can be reached from this node.';
const again = 'kubelet tries again within 5 min';

const remarks: Readonly<Record<Standing, (cause: Cause) => string>> = {
	proved: () => '',
	met: (cause) =>
		cause === 'node' || cause === 'registry'
			? onlyOthersTell
			: 'A probe meets the same; that alone does not prove whose fault it is.',
	guessed: () => "kubelet's words are not understood; this is what a probe of the image meets.",
	works: (cause) => (cause === 'kubelet' ? 'Its own registry answers.' : `A pull would work now; ${again}.`),
	differs: () => 'A probe of the image meets something else now.',
	told: () => '',
	unseen: (cause) => (cause === 'unknown' ? '' : 'So kubelet says; no probe has shown the same.'),
};

function sentence(diagnosis: Silence, stuck: Stuck): string {
	const { cause, reason, open = [], host, culprit } = diagnosis;
	if (culprit) return waitsFor(culprit.findings.stuck, host);
	if (reason === null) return openSentence(cause, open);
	const at = host === undefined ? '' : ` at ${host}`;
	return `${subject(diagnosis, stuck)} (${reason}${at})`;
}

function openSentence(cause: Cause, open: readonly AnyReason[]): string {
	if (open.length === 0) return 'What kubelet says does not tell why';
	const could = open.join(' or ');
	return cause === 'credentials'
		? `The registry does not take what kubelet shows as a login, or wants one (${could})`
		: `What kubelet says fits more than one reason (${could})`;
}

function subject({ reason, seen }: Diagnosis, { pod }: Stuck): string {
	const { title } = explanations[reason ?? 'unknown'];
	const { namespace, pullSecrets } = pod;
	if (reason === 'auth_rejected' || reason === 'auth_denied') {
		const secret = seen?.secret ?? (pullSecrets.length === 1 ? pullSecrets[0] : undefined);
		const said = reason === 'auth_rejected' ? 'is rejected' : 'does not open this image, or there is none of that name';
		if (secret !== undefined) return `The pull secret ${namespace}/${secret} ${said}`;
	}
	return title.charAt(0).toUpperCase() + title.slice(1);
}

function waitsFor({ pod, waiting }: Stuck, host: string | undefined): string {
	const where = host === undefined ? '' : `, where ${host} keeps the runtime waiting`;
	return `The pull seems to wait for another: ${imageName(waiting.image)} of ${pod.namespace}/${pod.name} hangs${where} (pull_slots_blocked)`;
}
