import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Access } from '../../kubernetes/controlPlane.ts';
import { connectionOf } from '../../kubernetes/kubectl.ts';

/** `kubectl port-forward` to a pod, while it lasts. */
export class PortForward implements AsyncDisposable {
	readonly #child: ChildProcess;
	readonly #origin: string;

	private constructor(child: ChildProcess, origin: string) {
		this.#child = child;
		this.#origin = origin;
	}

	/** Rejects with what kubectl complains of when it ends before it forwards. */
	static async to(
		access: Access,
		{ namespace, name }: { readonly namespace: string; readonly name: string },
		port: number,
	): Promise<PortForward> {
		const args = ['port-forward', '--namespace', namespace, `pod/${name}`, `:${port}`];
		const child = spawn(access.kubectl, [...connectionOf(access), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
		let complaint = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
		for await (const line of createInterface({ input: child.stdout })) {
			const [, own] = /^Forwarding from (127\.0\.0\.1:\d+)/.exec(line) ?? [];
			if (own !== undefined) return new PortForward(child, `http://${own}`);
		}
		throw new Error(`kubectl port-forward: ${complaint}`);
	}

	async get(path: string): Promise<{ readonly status: number; readonly body: string }> {
		const answer = await fetch(`${this.#origin}${path}`);
		return { status: answer.status, body: await answer.text() };
	}

	async [Symbol.asyncDispose](): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const ended = once(this.#child, 'exit');
		this.#child.kill('SIGKILL');
		await ended;
	}
}
