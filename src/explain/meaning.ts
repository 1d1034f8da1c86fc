import { STATUS_CODES } from 'node:http';
import { explain } from '../reasons/explain.ts';
import { fillCommand } from '../reasons/fill.ts';
import type { Values } from '../reasons/placeholder.ts';
import type { AnyReason } from '../reasons/reason.ts';
import { explanations } from '../reasons/table.ts';
import { printable } from '../registry/redact.ts';
import { referenceIn } from './image.ts';
import { registryHostOf } from './passages.ts';
import type { Reading } from './reading.ts';

/** What a message means to a person. Plain sentences and a command, safe to show. */
export interface Meaning {
	readonly meaning: string;
	readonly remedy: string;
	/** Confirms it by hand on the node. */
	readonly confirm: string;
}

const longest = 1000;

/** What a reading means and what to do. Where the reason is open: what it could be, and how to find out. */
export function meaningOf(reading: Reading): Meaning {
	const { reason } = reading;
	const { meaning, remedy, confirm } = reason === null ? openMeaning(reading) : knownMeaning(reading, reason);
	return { meaning: printable(begun(meaning), longest), remedy: printable(remedy, longest), confirm };
}

function knownMeaning(reading: Reading, reason: AnyReason): Meaning {
	const { means, remedy, confirm } = explain(reason, valuesOf(reading));
	return { meaning: means, remedy, confirm };
}

function openMeaning({ open, outerOnly, image = '' }: Reading): Meaning {
	const check = fillCommand('registry-probe check {image}', { image });
	if (outerOnly) {
		return {
			meaning: 'kubelet says that the pull failed. Why it failed stands in another message.',
			remedy: 'Read the event "Failed to pull image" of the pod, or the message under ErrImagePull in its status.',
			confirm: 'kubectl describe pod POD',
		};
	}
	const remedy = 'Run `registry-probe check` for this image on the node: a probe sees what the text leaves out.';
	if (open.length === 0)
		return {
			meaning: 'The text does not say why the pull failed, or not in words that are known.',
			remedy,
			confirm: check,
		};
	const could = open.map((reason) => `${reason} (${explanations[reason].title})`).join(', or ');
	return { meaning: `The text does not tell which of these it was: ${could}.`, remedy, confirm: check };
}

/** A sentence may begin with a host, which stays as it is. */
function begun(text: string): string {
	return text.replace(/^the /, 'The ');
}

/** What is known about the failure, for the texts of its reason. */
function valuesOf(reading: Reading): Values {
	const { image, role, stage, details } = reading;
	const reference = image === undefined ? undefined : referenceIn(image);
	const peer = peerOf(reading);
	const named = reference?.digest ?? reference?.tag;
	return defined({
		registry: reference?.domain ?? peer,
		image,
		role,
		stage,
		peer,
		// A host alone would be taken for the peer.
		host: peer && (registryHostOf(image) ?? peer),
		repository: reference?.repository,
		reference: named,
		scheme: details.scheme,
		nameserver: details.nameserver?.replace(/:53$/, ''),
		...dialledOf(reading),
		answer: details.status === undefined ? undefined : `${details.status} ${STATUS_CODES[details.status] ?? ''}`.trim(),
	});
}

/** The host that failed, in words where the text names none; undefined where it has no name and is not the registry's. */
function peerOf({ host, role, stage, image }: Reading): string | undefined {
	if (host !== undefined) return host;
	if (role !== undefined && role !== 'registry') return undefined;
	// Most registries send requests for layers on to other hosts.
	return stage === 'blob' ? 'the host of the layer' : (registryHostOf(image) ?? 'the registry');
}

/** The address that was dialled: the proxy's where that was on the way. */
function dialledOf({ stage, details: { dialled, lookedUp } }: Reading): Readonly<Record<string, string | undefined>> {
	if (stage === 'proxy') return { proxy: dialled ?? lookedUp };
	const [, address, port] = /^\[?([^\]]*?)\]?:(\d{1,5})$/.exec(dialled ?? '') ?? [];
	return { address, port };
}

function defined(values: Readonly<Record<string, string | undefined>>): Values {
	const entries = Object.entries(values);
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
