import type { Target } from '../plan/target.ts';
import type { Role, StageName } from '../probe/observation.ts';
import { printable } from '../registry/redact.ts';
import { span } from '../views/words/quantities.ts';
import { nameOf } from '../views/words/verdict.ts';

interface Step {
	readonly role: Role;
	readonly stage: StageName;
	readonly peer: string;
}

/** Which attempts are under way and where each of them is. */
export class Progress {
	readonly #all: number;
	readonly #running = new Map<Target, { readonly since: number; step?: Step }>();
	#done = 0;

	constructor(all: number) {
		this.#all = all;
	}

	begin(target: Target): void {
		this.#running.set(target, { since: performance.now() });
	}

	at(target: Target, step: Step): void {
		const running = this.#running.get(target);
		if (running) running.step = step;
	}

	end(target: Target): void {
		if (this.#running.delete(target)) this.#done += 1;
	}

	/** What runs now, the attempt that runs longest first: `2 of 4 done · docker.io token tcp auth.docker.io 3 s`. */
	line(): string {
		const running = [...this.#running].map(([target, { since, step }]) => {
			const at = step ? ` ${step.role} ${step.stage} ${printable(step.peer)}` : '';
			const spent = Math.floor((performance.now() - since) / 1000);
			return `${nameOf(target)}${at}${spent < 1 ? '' : ` ${span(spent)}`}`;
		});
		return [...(this.#all > 1 ? [`${this.#done} of ${this.#all} done`] : []), ...running].join('  ');
	}
}
