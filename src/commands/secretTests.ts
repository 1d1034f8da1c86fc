import type { SecretFault } from '../cluster/pullSecrets.ts';
import type { Observation } from '../probe/observation.ts';
import { hostOf } from '../registry/endpoint.ts';
import { upstreamEndpoint, wellKnownPublic } from '../registry/hosts.ts';
import type { Clock } from '../schedule/clock.ts';
import type { PauseFile } from '../schedule/pauseFile.ts';
import { afterRejection } from '../schedule/pauses.ts';
import { firstDelay, shareOf } from '../schedule/phase.ts';
import type { PullSecretState } from '../store/agentState.ts';
import { type LoginVerdict, loginVerdict } from '../verdict/loginVerdict.ts';
import type { Demanded, DemandProbe } from './demandProbe.ts';
import { nameOf, type SecretUse } from './secretUses.ts';

export interface SecretTestParts {
	/** The node's name: all nodes notice a changed Secret together, and try it one after the other. */
	readonly node: string;
	readonly demand: DemandProbe;
	/** Keeps rejected logins over restarts. */
	readonly pauses: Pick<PauseFile, 'get' | 'set'>;
	readonly clock: Clock;
	/** Seconds between two tests of a use. */
	readonly interval: () => number;
	/** Ends what is under way. */
	readonly signal: AbortSignal;
	/** Told of a test that could not be made at all. */
	readonly onError: (error: unknown) => void;
}

/** What is remembered of a use. */
interface Tested {
	/** What the last test said; absent where it said nothing about the login. */
	verdict?: LoginVerdict;
	/** When it is tested again. */
	due: number;
}

/** Uses that are remembered; those that were met last win. */
const mostKept = 1000;

/** Faults that show in series; where a Secret could not be read, nothing is known of it. */
const told: ReadonlySet<SecretFault> = new Set([
	'secret_not_found',
	'secret_wrong_type',
	'secret_malformed',
	'secret_no_entry',
]);

/**
 * Tries the logins of pull secrets, each at most once an interval, one after the other. A login that was rejected rests as
 * those of targets do, also over a restart.
 */
export class SecretTests {
	readonly #parts: SecretTestParts;
	readonly #tested = new Map<string, Tested>();

	constructor(parts: SecretTestParts) {
		this.#parts = parts;
	}

	/** Tests one of these uses, if one is due, and forgets those that are no longer there. Gives whether one was. */
	async testOne(uses: readonly SecretUse[]): Promise<boolean> {
		this.#forget(uses);
		const now = this.#parts.clock.monotonic();
		const due = uses.filter((use) => use.login && this.#of(use).due <= now);
		const [first, ...others] = due;
		if (!first) return false;
		const broken = await this.#try(first);
		// What stops one login on its way stops the others, and each would wait for it anew.
		for (const use of others) if (broken && use.registry === first.registry) this.#note(use, undefined);
		return true;
	}

	/** Milliseconds until one of these uses is due; the interval where none is sooner. */
	next(uses: readonly SecretUse[]): number {
		const { clock, interval } = this.#parts;
		const now = clock.monotonic();
		const waits = uses.filter(({ login }) => login).map((use) => this.#of(use).due - now);
		return Math.max(0, Math.min(interval() * 1000, ...waits));
	}

	/** What is known of these uses, one state for each registry and Secret: of several logins one that fails is told. */
	states(uses: readonly SecretUse[]): readonly PullSecretState[] {
		const groups = Map.groupBy(uses, nameOf);
		return [...groups.values()].flatMap((group) => {
			const [first] = group;
			return first ? [this.#stateOf(first, group)] : [];
		});
	}

	#stateOf({ registry, namespace, secret }: SecretUse, group: readonly SecretUse[]): PullSecretState {
		const ends = group.flatMap(({ login }) => login?.notAfter ?? []);
		const about = { registry, namespace, secret, ...(ends.length > 0 && { notAfter: Math.min(...ends) }) };
		const fault = group.map((use) => use.fault).find((one) => one !== undefined && told.has(one));
		if (fault) return { ...about, success: false, reason: fault };
		const verdicts = group.flatMap((use) => (use.login ? (this.#of(use).verdict ?? []) : []));
		const verdict = verdicts.find(({ success }) => !success) ?? verdicts[0];
		return verdict ? { ...about, ...verdict } : about;
	}

	/** Tests one use. Gives whether the path broke before the login could be judged. */
	async #try(use: SecretUse): Promise<boolean> {
		const { signal } = this.#parts;
		const found = await this.#ask(use);
		if (signal.aborted) return false;
		const observation = found && ownOf(found, use);
		if (!observation) {
			this.#wait(use, found?.unasked !== 'denied');
			return false;
		}
		const verdict = loginVerdict(observation);
		this.#note(use, verdict, observation.asks.loginRejected === true);
		const early = observation.records.some(({ stage, outcome }) => stage !== 'manifest' && outcome === 'failure');
		return verdict === undefined && early;
	}

	async #ask({ image, login }: SecretUse): Promise<Demanded | undefined> {
		const { demand, signal, onError } = this.#parts;
		try {
			return await demand(image, { ...(login && { login }), frugal: true, signal });
		} catch (error) {
			onError(error);
			return undefined;
		}
	}

	/** Nothing was asked; what is known stands while the registry, or this process, is to be left alone. */
	#wait(use: SecretUse, stands: boolean): void {
		const tested = this.#of(use);
		tested.due = this.#later();
		if (!stands) delete tested.verdict;
	}

	#note(use: SecretUse, verdict: LoginVerdict | undefined, rejected = false): void {
		const { pauses, clock } = this.#parts;
		const tested: Tested = { due: this.#later(), ...(verdict && { verdict }) };
		const name = nameOf(use);
		if (rejected) {
			const rest = afterRejection(pauses.get(name).credentials, use.fingerprint, clock.monotonic());
			pauses.set(name, { credentials: rest });
			tested.due = rest.until;
		} else if (verdict) pauses.set(name, {});
		this.#tested.set(use.key, tested);
	}

	#of(use: SecretUse): Tested {
		const known = this.#tested.get(use.key);
		if (known) return known;
		const { node, pauses, clock, interval } = this.#parts;
		const now = clock.monotonic();
		const { credentials } = pauses.get(nameOf(use));
		const rests = credentials?.fingerprint === use.fingerprint && now < credentials.until;
		const delay = firstDelay(shareOf(node, use.key), interval(), wellKnownPublic.has(use.registry));
		const first: Tested = rests
			? { verdict: { success: false, reason: 'auth_rejected' }, due: credentials.until }
			: { due: now + delay };
		this.#tested.set(use.key, first);
		return first;
	}

	#later(): number {
		return this.#parts.clock.monotonic() + this.#parts.interval() * 1000;
	}

	/** One that comes back before it is due again is not tested for that. */
	#forget(uses: readonly SecretUse[]): void {
		const present = new Set(uses.map(({ key }) => key));
		const now = this.#parts.clock.monotonic();
		for (const [key, { due }] of this.#tested) {
			if (present.has(key)) continue;
			if (due <= now || this.#tested.size > mostKept) this.#tested.delete(key);
		}
	}
}

/** What was found at the image's own host; at a mirror, where only that was asked. */
function ownOf({ observations }: Demanded, { image }: SecretUse): Observation | undefined {
	const own = hostOf(upstreamEndpoint(image.domain));
	return observations.find(({ host }) => host === own) ?? (observations.length === 1 ? observations[0] : undefined);
}
