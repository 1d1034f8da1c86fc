/** Why a reader refuses a whole file, or a part of it: something that stands in one of its lines. */
export class Refusal extends Error {
	override readonly name: string = 'Refusal';
	/** From 1. */
	readonly line: number;
	/** `message` says what is wrong, without the place. */
	constructor(message: string, line: number) {
		super(message);
		this.line = line;
	}
}
