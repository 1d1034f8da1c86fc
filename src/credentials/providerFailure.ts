/** A provider gave no answer that can be used. The message says why; nothing of what it printed is in it. */
export class ProviderFailure extends Error {
	override readonly name = 'ProviderFailure';
	/** It did not end by itself: asking again soon would only wait again. */
	readonly hung: boolean;

	constructor(message: string, hung = false) {
		super(message);
		this.hung = hung;
	}
}
