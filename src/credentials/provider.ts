import { setMaxListeners } from 'node:events';

import type { CredentialProvider } from '../node/kubelet/credentialProvider.ts';
import type { DockerConfig } from '../registry/dockerConfig.ts';
import { loginExpiry } from '../registry/loginExpiry.ts';
import type { Login } from '../registry/secret.ts';
import { AnswerCache } from './answerCache.ts';
import { type ProviderAnswer, readProviderAnswer } from './providerAnswer.ts';
import { ProviderFailure } from './providerFailure.ts';
import { runProvider } from './runProvider.ts';

/** A provider of the node with what it takes to run its program from here. */
export interface ProviderProgram extends CredentialProvider {
	/** The program's path as this process sees it. */
	readonly executable: string;
	/** The environment that the kubelet would hand on, read at the moment of use. May hold secrets. */
	readonly inherited: () => Readonly<Record<string, string>>;
}

/** One run of a provider's program. */
export interface ProviderRun {
	readonly provider: string;
	readonly seconds: number;
	/** Why it gave no answer; absent when it gave one. Holds no secret. */
	readonly failed?: string;
}

export interface ProviderOptions {
	/** Seconds that a run may take. Default 30; the kubelet waits 60. */
	readonly timeLimit?: number;
	readonly onRun?: (run: ProviderRun) => void;
	/** Ends what runs. */
	readonly signal?: AbortSignal;
	/** Seconds that an answer or a failure stands at least. Default 30. */
	readonly leastReuse?: number;
}

/** Amazon's logins hold so long; its provider answers with half of what is left. */
const ecrSeconds = 12 * 3600;
const noAnswer: DockerConfig = { entries: [], ignored: [] };

/**
 * A credential provider as the kubelet runs it
 * (https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/credentialprovider/plugin/plugin.go), except that it never
 * runs twice at a time, and that answers stand for 30 s at least, also those that say 0, because one attempt asks more
 * than once. After a failure it is left alone for as long.
 */
export class Provider {
	readonly #program: ProviderProgram;
	readonly #options: ProviderOptions;
	readonly #answers: AnswerCache;
	#last: Promise<unknown> = Promise.resolve();

	constructor(program: ProviderProgram, options: ProviderOptions = {}) {
		this.#program = program;
		this.#options = options;
		this.#answers = new AnswerCache();
		if (options.signal) setMaxListeners(0, options.signal);
	}

	/**
	 * The logins for an image, `docker.io/library/busybox`; none after a failure, which the kubelet too takes for none.
	 * Rejects only when this machine has run out of processes or descriptors.
	 */
	async ask(image: string): Promise<DockerConfig> {
		const known = this.#answers.get(image);
		if (known) return known;
		// Whoever ran before may have brought the answer.
		const mine = this.#last.then(() => this.#answers.get(image) ?? this.#run(image));
		this.#last = mine.catch(() => undefined);
		return mine;
	}

	async #run(image: string): Promise<DockerConfig> {
		const { name, apiVersion, defaultCacheDuration } = this.#program;
		const { onRun, leastReuse = 30 } = this.#options;
		const began = performance.now();
		const tell = (failed?: string) => {
			const seconds = (performance.now() - began) / 1000;
			onRun?.({ provider: name, seconds, ...(failed !== undefined && { failed }) });
		};
		try {
			const answer = readProviderAnswer(await this.#print(image), apiVersion);
			tell();
			const config = dated(answer, name);
			const seconds = Math.max(answer.cacheDuration ?? defaultCacheDuration, leastReuse);
			this.#answers.keep(image, answer.cacheKeyType, config, seconds);
			return config;
		} catch (error) {
			if (!(error instanceof ProviderFailure)) throw error;
			tell(error.message);
			this.#answers.keep(image, error.hung ? 'Global' : 'Image', noAnswer, leastReuse);
			return noAnswer;
		}
	}

	#print(image: string): Promise<string> {
		const { apiVersion, executable, arguments: words, environment, inherited } = this.#program;
		const { timeLimit = 30, signal } = this.#options;
		const own = environment.map(({ name, value }) => [name, value.reveal()] as const);
		return runProvider({
			executable,
			arguments: words,
			environment: { ...inherited(), ...Object.fromEntries(own) },
			input: JSON.stringify({ apiVersion, kind: 'CredentialProviderRequest', image }),
			timeLimit,
			signal,
		});
	}
}

/** The answer's logins with their source, and their end where it is known. */
function dated({ config, cacheDuration }: ProviderAnswer, provider: string): DockerConfig {
	const now = Math.floor(Date.now() / 1000);
	const endOf = (login: Login): number | undefined => {
		const said = loginExpiry(login);
		if (said !== undefined) return said;
		if (login.username === 'AWS') return now + ecrSeconds;
		return cacheDuration !== undefined && cacheDuration > 0 ? now + Math.floor(cacheDuration) : undefined;
	};
	const entries = config.entries.map((entry) => {
		if (!entry.login) return entry;
		const notAfter = endOf(entry.login);
		const source = `provider:${provider}`;
		return { ...entry, login: { ...entry.login, source, ...(notAfter !== undefined && { notAfter }) } };
	});
	return { ...config, entries };
}
