import type { Target } from '../plan/target.ts';
import type { Observation, Role, StageName } from '../probe/observation.ts';
import type { Reason } from '../reasons/reason.ts';

/** A target and what is known of it; nothing before its first attempt ended. */
export interface Walked {
	readonly target: Target;
	readonly latest?: Observation;
}

/** The host, role, stage and reason that a failing pull is to be blamed on. */
export interface Blame {
	readonly host: string;
	readonly role: Role;
	readonly stage: StageName;
	readonly reason: Reason;
}

/** Whether a pull of one registry's image by this node's runtime would succeed: an entry of the document's `pulls`. */
export interface PullVerdict {
	readonly registry: string;
	/** The canonical image reference. */
	readonly image: string;
	readonly success: boolean;
	/** The host that the image would come from; only with success. */
	readonly via?: string;
	/** Only without success. */
	readonly blame?: Blame;
}

/**
 * One verdict for each registry, from its targets in the order in which the runtime would ask them: the first host
 * whose whole path works serves the pull. A host that was not tried yet is passed over; as long as one is missing,
 * nothing is called failed, and a registry about which nothing can be said yet has no verdict.
 */
export function pullVerdicts(walked: readonly Walked[]): readonly PullVerdict[] {
	return [...Map.groupBy(walked, ({ target }) => target.registry).values()].flatMap((targets) => judge(targets) ?? []);
}

function judge(targets: readonly Walked[]): PullVerdict | undefined {
	let last: Observation | undefined;
	let complete = true;
	for (const { latest } of targets) {
		if (!latest) complete = false;
		else if (latest.success) return { ...named(latest), success: true, via: latest.host };
		else if (endsPull(latest)) return failed(latest);
		else last = latest;
	}
	return complete && last ? failed(last) : undefined;
}

/** A page served as the manifest, with status 200, is taken at its word: no runtime asks its next host then. */
function endsPull({ records }: Observation): boolean {
	return records.some(
		(record) =>
			record.outcome === 'failure' &&
			record.stage === 'manifest' &&
			record.reason === 'http_intercepted' &&
			record.facts?.['status'] === 200,
	);
}

function failed(observation: Observation): PullVerdict {
	const first = observation.records.find((record) => record.outcome === 'failure');
	if (!first) return { ...named(observation), success: false };
	const { role, stage, reason } = first;
	return { ...named(observation), success: false, blame: { host: observation.host, role, stage, reason } };
}

function named({ registry, image }: Observation): Pick<PullVerdict, 'registry' | 'image'> {
	return { registry, image };
}
